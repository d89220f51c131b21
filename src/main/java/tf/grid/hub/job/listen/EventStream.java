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
 * Streams the events of a job to one listener without blocking a thread. A slow listener misses
 * intermediate events. Thread-safe.
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
  private boolean unflushed;
  private boolean over;

  /**
   * Creates a stream; it starts when it is registered as the write listener of its output.
   *
   * @param sent number of the latest event that the listener has already seen
   * @param writers threads to write on, so that the job is not slowed down
   * @param whenOver called once, when the stream has ended
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

  /** Sends a heartbeat, which also detects closed connections. */
  synchronized void beat() {
    try {
      if (!blocked && isReady()) {
        write(BEAT);
      } else if (begun && !over) {
        end(); // the listener has not received a byte since the last heartbeat
      }
    } catch (IOException e) {
      end();
    }
  }

  /** Closes the connection, unless it is already closed. */
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
        if (unflushed) {
          flush();
          continue;
        }
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
    unflushed = true;
    if (isReady()) {
      flush();
    }
  }

  /** Only while the output is ready: some servers are still busy with the bytes after a write. */
  private void flush() throws IOException {
    unflushed = false;
    out.flush();
  }

  private static byte[] text(Job.Numbered next) {
    // JSON contains no raw line breaks, so an event is a single line.
    return ("id: " + next.number() + "\ndata: " + next.event().json() + "\n\n")
        .getBytes(StandardCharsets.UTF_8);
  }
}
