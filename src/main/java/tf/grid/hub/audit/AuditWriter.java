package tf.grid.hub.audit;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tf.grid.hub.http.RequestId;

/**
 * Writes the audit log in its own thread. If the disk is full or too slow, requests are not
 * blocked: lost entries are counted and reported in the hub's log, and a line with their number is
 * written as soon as possible. Thread-safe.
 */
public final class AuditWriter implements AuditLog, AutoCloseable {

  private static final System.Logger LOG = System.getLogger(AuditWriter.class.getName());
  private static final int WAITING_LINES = 4096;
  private static final long CLOSE_MILLIS = 10_000;

  private final BlockingQueue<Line> waiting = new ArrayBlockingQueue<>(WAITING_LINES);
  private final AtomicLong lost = new AtomicLong();
  private final AuditSink sink;
  private final Clock clock;
  private final Duration timeout;
  private final Runnable roomMaker;
  private final Thread thread;
  private boolean failing;

  /** A line to write; empty to stop the writer. */
  private record Line(Optional<String> text) {}

  AuditWriter(AuditSink sink, Clock clock, Duration timeout, Runnable roomMaker) {
    this.sink = sink;
    this.roomMaker = roomMaker;
    this.clock = clock;
    this.timeout = timeout;
    this.thread = new Thread(this::writeAll, "audit log");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Opens a log file.
   *
   * @param maxBytes maximum size of one file
   * @param oldFiles number of rotated files to keep
   * @param roomMaker is run when a line cannot be written, before one more attempt
   */
  public static AuditWriter to(
      Path file, long maxBytes, int oldFiles, Clock clock, Runnable roomMaker) throws IOException {
    return new AuditWriter(
        new AuditFile(file, maxBytes, oldFiles), clock, Duration.ofSeconds(1), roomMaker);
  }

  @Override
  public void record(AuditEntry entry) {
    Line line = new Line(Optional.of(AuditLine.of(clock.instant(), entry, RequestId.current())));
    try {
      if (waiting.offer(line, timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lost.incrementAndGet();
  }

  private void writeAll() {
    try {
      for (Line line = waiting.take(); line.text().isPresent(); line = waiting.take()) {
        write(line.text().get());
      }
      fillGap();
    } catch (InterruptedException | IOException e) {
      LOG.log(Level.WARNING, "the last entries of the audit log could not be written");
    }
  }

  private void write(String line) {
    try {
      fillGap();
      append(line);
    } catch (IOException e) {
      lost.incrementAndGet();
      report(e);
    }
  }

  private void append(String line) throws IOException {
    try {
      sink.append(line);
    } catch (IOException e) {
      roomMaker.run();
      sink.append(line);
    }
  }

  private void fillGap() throws IOException {
    long count = lost.get();
    if (count > 0) {
      Instant now = clock.instant();
      sink.append(AuditLine.gap(now, count));
      lost.addAndGet(-count);
      failing = false;
      LOG.log(Level.WARNING, "the audit log is writable again; {0} entries were lost", count);
    }
  }

  /**
   * Reports only the first of consecutive failures, because the hub's log is probably on the same
   * disk.
   */
  private void report(IOException failure) {
    if (!failing) {
      failing = true;
      LOG.log(Level.ERROR, "the audit log cannot be written: {0}", failure.toString());
    }
  }

  /** Writes all waiting entries and closes the file. */
  @Override
  public void close() throws IOException {
    try {
      if (waiting.offer(new Line(Optional.empty()), CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        thread.join(CLOSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
    sink.close();
  }

  /** The destination of lines. Not thread-safe. */
  interface AuditSink extends Closeable {

    /** Appends a line completely, or not at all. */
    void append(String line) throws IOException;
  }
}
