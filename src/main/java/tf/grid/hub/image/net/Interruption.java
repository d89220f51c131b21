package tf.grid.hub.image.net;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import tf.grid.hub.image.PullException.SourceUnreachableException;

/** Tells the end of a thread's work from failures of the network. Stateless. */
final class Interruption {

  private Interruption() {}

  /** What says that the thread was interrupted, or that the network failed. */
  static IOException or(IOException failure, String message) {
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
