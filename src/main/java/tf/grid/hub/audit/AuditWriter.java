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

/**
 * Writes the audit log in a thread of its own. What cannot be written, because the disk is full or
 * too slow, stops nobody: it is counted, the operator is told, and as soon as the disk takes lines
 * again one of them says how many are missing. Safe for any number of threads.
 */
public final class AuditWriter implements AuditLog, AutoCloseable {

  private static final System.Logger LOG = System.getLogger(AuditWriter.class.getName());
  private static final int WAITING_LINES = 4096;
  private static final long CLOSE_MILLIS = 10_000;

  private final BlockingQueue<Line> waiting = new ArrayBlockingQueue<>(WAITING_LINES);
  private final AtomicLong lost = new AtomicLong();
  private final AuditSink sink;
  private final Clock clock;
  private final Duration patience;
  private final Thread thread;
  private boolean failing;

  /** The text of a line; empty at the end of all lines. */
  private record Line(Optional<String> text) {}

  AuditWriter(AuditSink sink, Clock clock, Duration patience) {
    this.sink = sink;
    this.clock = clock;
    this.patience = patience;
    this.thread = new Thread(this::writeAll, "audit log");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Writes to a file, and files beside it.
   *
   * @param maxBytes of one file
   * @param oldFiles how many are kept beside the current one
   */
  public static AuditWriter to(Path file, long maxBytes, int oldFiles, Clock clock)
      throws IOException {
    return new AuditWriter(new AuditFile(file, maxBytes, oldFiles), clock, Duration.ofSeconds(1));
  }

  @Override
  public void record(AuditEntry entry) {
    Line line = new Line(Optional.of(AuditLine.of(clock.instant(), entry)));
    try {
      if (waiting.offer(line, patience.toMillis(), TimeUnit.MILLISECONDS)) {
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
      LOG.log(Level.WARNING, "the audit log was not written to its end");
    }
  }

  private void write(String line) {
    try {
      fillGap();
      sink.append(line);
    } catch (IOException e) {
      lost.incrementAndGet();
      report(e);
    }
  }

  private void fillGap() throws IOException {
    long count = lost.get();
    if (count > 0) {
      Instant now = clock.instant();
      sink.append(AuditLine.gap(now, count));
      lost.addAndGet(-count);
      failing = false;
      LOG.log(Level.WARNING, "the audit log works again, {0} lines are missing", count);
    }
  }

  /** Once for each time that it breaks: what broke it is likely to fill this log too. */
  private void report(IOException failure) {
    if (!failing) {
      failing = true;
      LOG.log(Level.ERROR, "the audit log cannot be written: {0}", failure.toString());
    }
  }

  /** Writes what is waiting, and closes the file. */
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

  /** Where lines end up. For one thread. */
  interface AuditSink extends Closeable {

    /** Adds a line, whole or not at all. */
    void append(String line) throws IOException;
  }
}
