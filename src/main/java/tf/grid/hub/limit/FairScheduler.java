package tf.grid.hub.limit;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/**
 * Shares threads among owners of tasks (round robin, with a bound on each owner). The tasks of one
 * owner run in their order. Thread-safe.
 *
 * @param <K> identifies an owner; a key of maps
 */
public final class FairScheduler<K> {
  private final Executor threads;
  private final int maxRunning;
  private final int maxPerOwner;

  /** By owner; the first entry is next. */
  private final Map<K, Queue<Task<K>>> waiting = new LinkedHashMap<>();

  private final Map<K, Integer> runningByOwner = new HashMap<>();
  private int running;

  private record Task<K>(K owner, BooleanSupplier wanted, Runnable work) {}

  /**
   * A scheduler without tasks.
   *
   * @param threads runs tasks, at most {@code maxRunning} at the same time
   * @param maxRunning tasks at the same time
   * @param maxPerOwner tasks of one owner at the same time
   */
  public FairScheduler(Executor threads, int maxRunning, int maxPerOwner) {
    this.threads = threads;
    this.maxRunning = maxRunning;
    this.maxPerOwner = maxPerOwner;
  }

  /**
   * Runs a task as soon as a thread is free for its owner.
   *
   * @param wanted false once the task was cancelled; it may be dropped then
   * @throws RejectedExecutionException when the threads have ended
   */
  public synchronized void add(K owner, BooleanSupplier wanted, Runnable work) {
    // Tasks that were cancelled while they waited would pile up.
    waiting.values().forEach(queue -> queue.removeIf(task -> !task.wanted().getAsBoolean()));
    waiting.computeIfAbsent(owner, key -> new ArrayDeque<>()).add(new Task<>(owner, wanted, work));
    begin();
  }

  private void begin() {
    Optional<Task<K>> next = next();
    while (next.isPresent()) {
      Task<K> task = next.get();
      threads.execute(() -> run(task));
      running++;
      runningByOwner.merge(task.owner(), 1, Integer::sum);
      next = next();
    }
  }

  /** Moves the first owner that may run one more task to the end of the queue. */
  private Optional<Task<K>> next() {
    Iterator<Map.Entry<K, Queue<Task<K>>>> owners = waiting.entrySet().iterator();
    while (running < maxRunning && owners.hasNext()) {
      Map.Entry<K, Queue<Task<K>>> entry = owners.next();
      K owner = entry.getKey();
      Queue<Task<K>> queue = entry.getValue();
      if (queue.isEmpty()) {
        owners.remove();
      } else if (runningByOwner.getOrDefault(owner, 0) < maxPerOwner) {
        owners.remove();
        Task<K> task = queue.remove();
        waiting.put(owner, queue);
        return Optional.of(task);
      }
    }
    return Optional.empty();
  }

  private void run(Task<K> task) {
    try {
      task.work().run();
    } finally {
      done(task.owner());
    }
  }

  private synchronized void done(K owner) {
    running--;
    runningByOwner.computeIfPresent(owner, (name, count) -> count == 1 ? null : count - 1);
    try {
      begin();
    } catch (RejectedExecutionException stopped) {
      waiting.clear(); // the owner of the threads stops, and ends the tasks that wait
    }
  }
}
