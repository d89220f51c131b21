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
import tf.grid.hub.http.file.OpenFile;
import tf.grid.hub.http.file.SpooledBody;

/**
 * A response that may be too large for memory while a client reads it. It is in an unlinked file,
 * which the system deletes when it is closed, even if the hub is killed. For one thread at a time.
 */
public final class SpooledAnswer implements Closeable {
  private static final int BUFFER = 64 << 10;

  private final FileChannel file;

  private SpooledAnswer(FileChannel file) {
    this.file = file;
  }

  /** Writes a response of any length to the spool. */
  @FunctionalInterface
  interface Content {
    /** Writes the whole response without closing the stream. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes a response to a file. */
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

  /** The response as a body, which closes the file. */
  public SpooledBody body() throws IOException {
    return new SpooledBody(new OpenFile(file), file.size(), this);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
