package tf.grid.hub.client.pull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.problem.PrintableText;

/** The content of a file in the {@link StagingDirectory}. For one thread. */
final class StagedFile {
  private final FlistPath path;
  private final FileNode file;
  private FileChannel channel;
  private long written;

  StagedFile(FlistPath path, FileNode file) {
    this.path = path;
    this.file = file;
  }

  void begin(StagingDirectory staging) throws IOException {
    channel = staging.createFile();
  }

  /**
   * Writes the next block.
   *
   * @throws IOException if it does not have the length that the flist says, or the disk fails
   */
  void write(byte[] plain) throws IOException {
    long expected = Math.min(FileNode.BLOCK_BYTES, file.size() - written);
    if (plain.length != expected) {
      channel.close();
      throw new IOException(
          "a chunk of /%s has %d bytes, not %d: the flist is damaged"
              .formatted(PrintableText.of(path.bytes()), plain.length, expected));
    }
    if (isZero(plain)) {
      written += plain.length; // A hole.
      return;
    }
    channel.position(written);
    for (ByteBuffer rest = ByteBuffer.wrap(plain); rest.hasRemaining(); ) {
      written += channel.write(rest);
    }
  }

  /** Completes the file, whose end may be a hole. */
  void end() throws IOException {
    try (FileChannel complete = channel) {
      if (complete.size() < file.size()) {
        complete.write(ByteBuffer.allocate(1), file.size() - 1);
      }
    }
  }

  private static boolean isZero(byte[] plain) {
    for (byte b : plain) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }
}
