package tf.grid.hub.catalogue;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import tf.grid.hub.catalogue.digest.FileIdentity;
import tf.grid.hub.catalogue.digest.Md5Cache;

/**
 * A file that appears under its name only when it is whole and on disk. Until then it has a name of
 * its own beside the target; closing removes it if it was not moved. For one thread.
 */
final class NewFile extends OutputStream implements Closeable {

  /** What temporary names begin with. They have one length, however long the target's name is. */
  static final String PREFIX = ".tmp-";

  private final Path temporary;
  private final FileChannel channel;
  private final MessageDigest digest = Md5Cache.newDigest();
  private long written;

  private NewFile(Path temporary) throws IOException {
    this.temporary = temporary;
    this.channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Starts a file in a directory, which has to be on the target's file system. */
  static NewFile in(Path directory) throws IOException {
    return new NewFile(directory.resolve(PREFIX + UUID.randomUUID()));
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    digest.update(bytes, offset, length);
    written += length;
  }

  /** Bytes written until now. */
  long size() {
    return written;
  }

  /**
   * Ends the writing: returns when the content is on disk.
   *
   * @throws IOException if it is not, or not whole
   */
  void complete() throws IOException {
    channel.force(true);
    if (channel.size() != written) {
      throw new IOException(
          "tried to write %d bytes but the file has %d".formatted(written, channel.size()));
    }
  }

  /**
   * Puts the complete file in place of whatever has the name; a symbolic link is replaced, not
   * followed.
   *
   * @return the digest of the file, with its identity under the new name; the identity is empty if
   *     somebody else has replaced the file already
   * @throws IOException if a step failed: until the move, the name is untouched
   */
  Moved moveTo(Path target) throws IOException {
    // The open channel keeps the inode's number from being given to another file meanwhile.
    long inode = FileIdentity.of(temporary).inode();
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    sync(target.getParent());
    String md5 = HexFormat.of().formatHex(digest.digest());
    return new Moved(md5, identity(target).filter(found -> found.inode() == inode));
  }

  private static Optional<FileIdentity> identity(Path file) {
    try {
      return Optional.of(FileIdentity.of(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Returns when the names in a directory are on disk. */
  static void sync(Path directory) throws IOException {
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  /**
   * A file under its name.
   *
   * @param md5 its digest
   * @param identity its identity, unless it was replaced at once
   */
  record Moved(String md5, Optional<FileIdentity> identity) {}

  /** Removes the file, unless it was moved. */
  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(temporary);
    }
  }
}
