package tf.grid.hub.store.embedded;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import tf.grid.hub.store.StoreException;
import tf.grid.hub.store.StoredChunk;

/**
 * The only thread that writes. Requests that arrive while it is busy are executed together with a
 * single sync (group commit). Interrupting a caller cannot close the files. Thread-safe; callers
 * wait for the end of their request even if interrupted, because their buffers are in use until
 * then.
 */
final class CommitThread {
  private static final Logger LOG = System.getLogger(CommitThread.class.getName());

  private static final int GROUP = 64;

  private final ChunkLog log;
  private final StorageErrors failures;
  private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::work, "chunk-store-commit");
  private boolean closed;

  CommitThread(ChunkLog log, StorageErrors failures) {
    this.log = log;
    this.failures = failures;
    thread.setDaemon(true);
    thread.start();
  }

  /** An operation on the log other than appending. */
  interface Task {
    void run(ChunkLog log) throws IOException, SQLException, InterruptedException;
  }

  private record Order(
      List<StoredChunk> chunks, Task then, boolean last, CompletableFuture<Void> done) {}

  /** Appends chunks; they are durable when this returns. */
  void append(List<StoredChunk> chunks) {
    await(order(chunks, log -> {}, false));
  }

  /** Runs a task between two appends. */
  void run(Task task) {
    await(order(List.of(), task, false));
  }

  /** Runs a question between two appends. */
  <T> T ask(Question<T> question) {
    AtomicReference<T> answer = new AtomicReference<>();
    run(log -> answer.set(question.ask(log)));
    return answer.get();
  }

  /** An operation with a result. */
  interface Question<T> {
    T ask(ChunkLog log) throws IOException, SQLException, InterruptedException;
  }

  /** Completes pending requests and stops; later requests fail. */
  void close() {
    await(order(List.of(), ChunkLog::close, true));
  }

  private synchronized CompletableFuture<Void> order(
      List<StoredChunk> chunks, Task then, boolean last) {
    if (closed) {
      throw failures.closed("write to the files");
    }
    closed = last;
    CompletableFuture<Void> done = new CompletableFuture<>();
    orders.add(new Order(chunks, then, last, done));
    return done;
  }

  private static void await(CompletableFuture<Void> done) {
    try {
      done.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private void work() {
    // Reused, so that no request is lost to an OutOfMemoryError between the queue and the list.
    List<Order> group = new ArrayList<>(GROUP);
    do {
      group.clear();
      try {
        group.add(orders.take());
        orders.drainTo(group);
        appendAll(group);
        group.forEach(this::finish);
        flushWhenDue();
      } catch (InterruptedException e) {
        // This thread is never interrupted and ends only when it is closed.
      } catch (RuntimeException | Error e) {
        // Continue, because later requests need this thread and may succeed.
        LOG.log(Level.ERROR, "a request to the chunk store failed", e);
        fail(group, e);
      }
    } while (group.isEmpty() || !group.get(group.size() - 1).last());
  }

  private void appendAll(List<Order> group) {
    List<Order> puts = group.stream().filter(order -> !order.chunks().isEmpty()).toList();
    if (!puts.isEmpty()) {
      List<StoredChunk> all = puts.stream().flatMap(order -> order.chunks().stream()).toList();
      attempt("keep chunks", puts, log -> log.append(all));
    }
  }

  private void finish(Order order) {
    attempt("change the index", List.of(order), order.then());
    order.done().complete(null);
  }

  private void attempt(String tried, List<Order> orders, Task task) {
    try {
      task.run(log);
    } catch (IOException e) {
      fail(orders, failures.of(tried, e));
    } catch (SQLException e) {
      fail(orders, failures.of(tried, e));
    } catch (InterruptedException e) {
      fail(orders, failures.interrupted(tried, e));
    } catch (RuntimeException | Error e) {
      fail(orders, e);
    }
  }

  private static void fail(List<Order> orders, Throwable failure) {
    orders.forEach(order -> order.done().completeExceptionally(failure));
  }

  private void flushWhenDue() {
    if (log.isFlushDue()) {
      try {
        log.flush();
      } catch (SQLException e) {
        // The chunks are durable; the next append tries again and reports failures to its caller.
        LOG.log(
            Level.WARNING,
            "the index of the chunk store could not be written: {0}",
            e.getMessage());
      }
    }
  }
}
