package tf.grid.hub.client.terminal;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicLong;
import tf.grid.hub.progress.Progress;

/**
 * Shows progress in one line of a terminal, at most ten times a second; shows nothing if the output
 * is no terminal. Thread-safe.
 */
public final class ProgressLine implements Progress, AutoCloseable {
  private static final long INTERVAL = 100_000_000;
  private static final int BAR = 24;

  private final PrintWriter out;
  private final boolean shown;
  private final String verb;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong files = new AtomicLong();
  private volatile long total;
  private long last;
  private int width;

  /**
   * Begins a line.
   *
   * @param out where it is shown
   * @param shown whether it is shown at all
   * @param verb such as {@code pushing}
   */
  public ProgressLine(PrintWriter out, boolean shown, String verb) {
    this.out = out;
    this.shown = shown;
    this.verb = verb;
  }

  @Override
  public void expect(long expected) {
    total = expected;
  }

  @Override
  public void received(long count) {
    bytes.addAndGet(count);
    show();
  }

  @Override
  public void restarts() {
    bytes.set(0);
    files.set(0);
  }

  @Override
  public void fileDone() {
    files.incrementAndGet();
    show();
  }

  /** Number of bytes so far. */
  public long bytes() {
    return bytes.get();
  }

  /** Number of files so far. */
  public long files() {
    return files.get();
  }

  private synchronized void show() {
    long now = System.nanoTime();
    if (!shown || (width > 0 && now - last < INTERVAL)) {
      return;
    }
    last = now;
    String text = verb + " " + files.get() + " files, " + ByteCount.of(bytes.get()) + bar();
    out.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
    out.flush();
    width = text.length();
  }

  private String bar() {
    if (total <= 0) {
      return "";
    }
    int done = (int) Math.min(BAR, BAR * bytes.get() / total);
    return " of " + ByteCount.of(total) + " [" + "#".repeat(done) + "-".repeat(BAR - done) + "]";
  }

  /** Prints a line above the progress. */
  public synchronized void note(String text) {
    erase();
    out.println(text);
    out.flush();
  }

  /** Erases the line; more progress shows it again. */
  public synchronized void erase() {
    if (width > 0) {
      out.print("\r" + " ".repeat(width) + "\r");
      width = 0;
    }
    out.flush();
  }

  @Override
  public void close() {
    erase();
  }
}
