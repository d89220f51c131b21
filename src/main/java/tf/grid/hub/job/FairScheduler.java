package tf.grid.hub.job;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import tf.grid.hub.account.AccountName;

/**
 * Shares threads among accounts: each gets its turn, whoever asked for more before, and none gets
 * all threads. The jobs of one account are done in their order. Safe for any number of threads.
 */
final class FairScheduler {
  private final Executor threads;
  private final int most;
  private final int each;

  /** By account, whose turn is next first. */
  private final Map<AccountName, Queue<Turn>> waiting = new LinkedHashMap<>();

  private final Map<AccountName, Integer> running = new HashMap<>();
  private int busy;

  /** One job and its work. */
  private record Turn(Job job, Runnable work) {}

  /**
   * Nobody waits.
   *
   * @param threads never asked for more than so many at once
   * @param most pieces of work at once
   * @param each as many of them may be of one account
   */
  FairScheduler(Executor threads, int most, int each) {
    this.threads = threads;
    this.most = most;
    this.each = each;
  }

  /**
   * Does the work when it is its turn.
   *
   * @throws RejectedExecutionException when the threads have ended
   */
  synchronized void add(Job job, Runnable work) {
    // Jobs that were cancelled while they waited have nothing to do, and would pile up.
    waiting.values().forEach(queue -> queue.removeIf(turn -> !turn.job().isOpen()));
    waiting.computeIfAbsent(job.owner(), owner -> new ArrayDeque<>()).add(new Turn(job, work));
    begin();
  }

  private void begin() {
    Optional<Turn> next = next();
    while (next.isPresent()) {
      Turn turn = next.get();
      threads.execute(() -> run(turn));
      busy++;
      running.merge(turn.job().owner(), 1, Integer::sum);
      next = next();
    }
  }

  /** The first account that may run one more goes to the end of the row. */
  private Optional<Turn> next() {
    Iterator<Map.Entry<AccountName, Queue<Turn>>> accounts = waiting.entrySet().iterator();
    while (busy < most && accounts.hasNext()) {
      Map.Entry<AccountName, Queue<Turn>> account = accounts.next();
      AccountName owner = account.getKey();
      Queue<Turn> queue = account.getValue();
      if (queue.isEmpty()) {
        accounts.remove();
      } else if (running.getOrDefault(owner, 0) < each) {
        accounts.remove();
        Turn turn = queue.remove();
        waiting.put(owner, queue);
        return Optional.of(turn);
      }
    }
    return Optional.empty();
  }

  private void run(Turn turn) {
    try {
      turn.work().run();
    } finally {
      done(turn.job().owner());
    }
  }

  private synchronized void done(AccountName owner) {
    busy--;
    running.computeIfPresent(owner, (name, count) -> count == 1 ? null : count - 1);
    try {
      begin();
    } catch (RejectedExecutionException stopped) {
      waiting.clear(); // the hub stops, and has told those who wait
    }
  }
}
