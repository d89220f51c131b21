package tf.grid.hub.image.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import tf.grid.hub.image.PullException.SourceUnreachableException;

/** An HTTP response with a streaming body. Not thread-safe. */
public interface HttpReply extends Closeable {

  /** The status code. */
  int status();

  /** The first header with a name; names are case-insensitive. */
  Optional<String> header(String name);

  /** All headers with a name; names are case-insensitive. */
  String[] headers(String name);

  /**
   * Reads part of the body.
   *
   * @return the number of bytes, or -1 at the end
   * @throws SourceUnreachableException if the connection broke
   * @throws InterruptedIOException if the thread was interrupted; this closes the connection
   */
  int read(byte[] into, int offset, int length) throws IOException;

  /** Ends the exchange. */
  @Override
  void close();
}
