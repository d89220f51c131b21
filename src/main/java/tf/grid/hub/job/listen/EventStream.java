package tf.grid.hub.job.listen;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executor;
import tf.grid.hub.job.Job;

/**
 * Sends the events of one job to one listener, each when the connection takes it: a slow listener
 * misses some between and holds no thread. Safe for any number of threads.
 */
final class EventStream implements WriteListener {

  private static final byte[] BEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

  private final Job job;
  private final AsyncContext connection;
  private final ServletOutputStream out;
  private final Runnable whenOver;
  private final Runnable stopListening;
  private long sent;
  private boolean begun;
  private boolean blocked;
  private boolean over;

  /**
   * A stream that begins when it becomes the listener of its output.
   *
   * @param sent the number of the newest event that the listener has
   * @param writers threads to write on, since those of the job have work to do
   * @param whenOver is called once, when nothing more will be sent
   */
  EventStream(Job job, long sent, AsyncContext connection, Executor writers, Runnable whenOver)
      throws IOException {
    this.job = job;
    this.sent = sent;
    this.connection = connection;
    this.out = connection.getResponse().getOutputStream();
    this.whenOver = whenOver;
    this.stopListening = job.onEvent(() -> writers.execute(this::send));
  }

  @Override
  public synchronized void onWritePossible() {
    begun = true;
    blocked = false;
    send();
  }

  @Override
  public void onError(Throwable failure) {
    end();
  }

  /** Shows those between that the connection lives, and finds out whether it does. */
  synchronized void beat() {
    try {
      if (!blocked && isReady()) {
        write(BEAT);
      } else if (begun && !over) {
        end(); // it has not taken a byte since the last beat
      }
    } catch (IOException e) {
      end();
    }
  }

  /** Ends the connection, if that has not happened. */
  void end() {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
    }
    stopListening.run();
    whenOver.run();
    connection.complete();
  }

  private synchronized void send() {
    try {
      while (isReady()) {
        Optional<Job.Numbered> next = job.after(sent);
        if (next.isEmpty()) {
          return;
        }
        sent = next.get().number();
        write(text(next.get()));
        if (next.get().event().last()) {
          end();
        }
      }
    } catch (IOException e) {
      end();
    }
  }

  private boolean isReady() {
    if (!begun || over || blocked) {
      return false;
    }
    blocked = !out.isReady();
    return !blocked;
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    if (isReady()) {
      out.flush();
    }
  }

  private static byte[] text(Job.Numbered next) {
    // JSON has no raw line breaks, so that an event is one line.
    return ("id: " + next.number() + "\ndata: " + next.event().json() + "\n\n")
        .getBytes(StandardCharsets.UTF_8);
  }
}
