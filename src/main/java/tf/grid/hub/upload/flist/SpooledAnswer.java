package tf.grid.hub.upload.flist;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * An answer that is too large to be held in memory while a client takes it. It is in a file without
 * a name, which is gone with the last who has it open, whatever happens. For one thread at a time.
 */
public final class SpooledAnswer implements Closeable {
  private static final int BUFFER = 64 << 10;

  private final FileChannel file;

  private SpooledAnswer(FileChannel file) {
    this.file = file;
  }

  /** Writes an answer. */
  @FunctionalInterface
  interface Content {
    /** Writes all of it; the stream is not closed. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Keeps what is written now. */
  static SpooledAnswer of(Path workDir, Content content) throws IOException {
    SpooledAnswer spool =
        new SpooledAnswer(
            FileChannel.open(
                workDir.resolve(".tmp-answer-" + UUID.randomUUID()),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE));
    try {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(spool.file), BUFFER);
      content.writeTo(out);
      out.flush();
      return spool;
    } catch (IOException | RuntimeException e) {
      spool.close();
      throw e;
    }
  }

  /** Bytes of the answer. */
  public long length() throws IOException {
    return file.size();
  }

  /** Copies the answer, once, and lets go of the file. */
  public void drainTo(OutputStream out) throws IOException {
    try (file) {
      file.position(0);
      Channels.newInputStream(file).transferTo(out);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
