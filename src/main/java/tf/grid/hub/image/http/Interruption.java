package tf.grid.hub.image.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import tf.grid.hub.image.PullException.SourceUnreachableException;

/** Distinguishes interrupted threads from network failures. */
public final class Interruption {

  private Interruption() {}

  /** Returns an exception for the interrupted thread, or else for the network failure. */
  public static IOException or(IOException failure, String message) {
    boolean told =
        failure instanceof InterruptedIOException && !(failure instanceof SocketTimeoutException);
    if (!told && !Thread.currentThread().isInterrupted()) {
      return new SourceUnreachableException(message, failure);
    }
    InterruptedIOException interrupted = new InterruptedIOException("interrupted");
    interrupted.initCause(failure);
    return interrupted;
  }
}
