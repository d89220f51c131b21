package tf.grid.hub.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.redis.ArrayHeaderRedisMessage;
import io.netty.handler.codec.redis.ErrorRedisMessage;
import io.netty.handler.codec.redis.RedisMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tf.grid.hub.gateway.command.ChunkCommands;
import tf.grid.hub.gateway.command.CommandName;
import tf.grid.hub.gateway.command.Reply;
import tf.grid.hub.gateway.command.Request;
import tf.grid.hub.gateway.command.Request.Command;
import tf.grid.hub.gateway.command.Request.Refused;
import tf.grid.hub.gateway.command.ServerCommands;
import tf.grid.hub.gateway.command.WriteAuthorization;

/**
 * Executes the requests of one client in order: store operations on a worker thread, in batches of
 * one kind, one batch at a time; others directly. Used only by the event loop of the connection.
 */
final class GatewaySession extends ChannelInboundHandlerAdapter {

  /**
   * Maximum weight of queued and running requests before reading stops: arguments and value bytes.
   */
  private static final int MOST_WEIGHT = 512;

  private static final int MOST_VALUE_BYTES = GatewayOptions.MAX_VALUE;

  /**
   * Bytes reserved for each chunk to read before its size is known: the maximum size of a chunk.
   */
  private static final int READ_SHARE = 640 << 10;

  private final ServerCommands server;
  private final ChunkCommands chunks;
  private final WriteAuthorization pass;
  private final MemoryBudget budget;
  private final Executor workers;
  private final Supplier<Duration> penalty;
  private final Deque<Request> queue = new ArrayDeque<>();
  private ChannelHandlerContext context;
  private ReplyWriter outlet;
  private boolean busy;
  private boolean authenticating;
  private boolean gone;
  private int weight;
  private int valueBytes;
  private long heardAt = System.nanoTime();

  GatewaySession(
      ServerCommands server,
      ChunkCommands chunks,
      WriteAuthorization pass,
      MemoryBudget budget,
      Executor workers,
      Supplier<Duration> penalty) {
    this.server = server;
    this.chunks = chunks;
    this.pass = pass;
    this.budget = budget;
    this.workers = workers;
    this.penalty = penalty;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    outlet = new ReplyWriter(ctx, budget);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    gone = true;
    queue.stream()
        .filter(Command.class::isInstance)
        .map(Command.class::cast)
        .forEach(this::release);
    queue.clear();
    ctx.fireChannelInactive();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    ctx.read();
  }

  /** Broken connections are normal and not logged. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    var unused = ctx.close();
  }

  /** Handles a complete request. */
  void accept(Request request) {
    queue.add(request);
    weight += request.weight();
    if (request instanceof Command command) {
      valueBytes += command.valueBytes();
      // The reply decides whether values of the next requests may be kept.
      authenticating |= command.verb() == CommandName.AUTH;
    }
  }

  /** Notes that the client has sent something. */
  void heard() {
    heardAt = System.nanoTime();
  }

  /** When the client last sent something, in nanoseconds of {@link System#nanoTime()}. */
  long heardAt() {
    return heardAt;
  }

  boolean mayWrite() {
    return pass.granted();
  }

  /** Whether another request can be accepted. */
  boolean isHungry() {
    return !gone
        && !outlet.isLeaving()
        && !authenticating
        && weight < MOST_WEIGHT
        && valueBytes < MOST_VALUE_BYTES;
  }

  /** Whether all requests have been answered. */
  boolean isAnswered() {
    return queue.isEmpty() && !busy;
  }

  ReplyWriter outlet() {
    return outlet;
  }

  /** Sends the replies that are ready. Returns whether this made room for more requests. */
  boolean work() {
    boolean answered = false;
    while (!busy && !gone && outlet.isOpen() && !queue.isEmpty()) {
      next(queue.remove());
      answered = true;
    }
    if (answered) {
      outlet.flush();
    }
    return answered;
  }

  private void next(Request request) {
    if (request instanceof Refused refused) {
      reply(request, Reply.error(refused.error()));
      if (refused.last()) {
        outlet.leave();
      }
    } else if (request instanceof Command command) {
      carryOut(command);
    }
  }

  private void carryOut(Command command) {
    if (command.verb() == CommandName.MGET) {
      spread(command);
      return;
    }
    Optional<RedisMessage> answer = server.answer(command);
    if (answer.isPresent()) {
      reply(command, answer.get());
    } else {
      start(run(command));
    }
  }

  /** Replies with many values are sent in parts, so that not all values are in memory at once. */
  private void spread(Command many) {
    outlet.send(new ArrayHeaderRedisMessage(many.arguments().size()), 0);
    for (int i = many.arguments().size() - 1; i >= 0; i--) {
      queue.addFirst(new Command(CommandName.GET, List.of(many.argument(i))));
    }
  }

  private List<Command> run(Command first) {
    List<Command> run = new ArrayList<>();
    run.add(first);
    while (run.size() < first.verb().together()
        && queue.peek() instanceof Command next
        && next.verb() == first.verb()) {
      run.add(next);
      queue.remove();
    }
    return run;
  }

  private void start(List<Command> run) {
    busy = true;
    long share = share(run);
    if (share == 0
        || budget.take(share, () -> ConnectionThread.run(context, () -> handOver(run, share)))) {
      handOver(run, share);
    }
  }

  private static long share(List<Command> run) {
    long all = (long) run.size() * READ_SHARE;
    return run.get(0).verb() == CommandName.GET ? Math.min(all, ChunkCommands.READ_BYTES) : 0;
  }

  private void handOver(List<Command> run, long share) {
    if (gone) {
      finish(run, share, List.of());
      return;
    }
    try {
      workers.execute(
          () -> {
            List<RedisMessage> replies = chunks.run(run, pass);
            if (isRefused(run, replies)) {
              later(() -> finish(run, share, replies));
            } else {
              ConnectionThread.run(context, () -> finish(run, share, replies));
            }
          });
    } catch (RejectedExecutionException stopping) {
      finish(run, share, List.of());
      var unused = context.close();
    }
  }

  private static boolean isRefused(List<Command> run, List<RedisMessage> replies) {
    return run.get(0).verb() == CommandName.AUTH && replies.get(0) instanceof ErrorRedisMessage;
  }

  /** Who guesses tokens waits for the answer, longer each time. */
  private void later(Runnable finish) {
    try {
      var unused =
          context.executor().schedule(finish, penalty.get().toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException stopped) {
      // The gateway has stopped and all connections are closed.
      return;
    }
  }

  private void finish(List<Command> run, long share, List<RedisMessage> replies) {
    busy = false;
    authenticating &= run.get(0).verb() != CommandName.AUTH;
    long read = share == 0 ? 0 : replies.stream().mapToInt(Reply::valueBytes).sum();
    // In one step: counted twice, even for a moment, the bytes would exceed the budget.
    budget.replace(share, read);
    for (int i = 0; i < replies.size(); i++) {
      Command command = run.get(i);
      settle(command);
      outlet.send(replies.get(i), share == 0 ? 0 : Reply.valueBytes(replies.get(i)));
    }
    putBack(run.subList(replies.size(), run.size()));
    outlet.flush();
    context.read();
  }

  private void putBack(List<Command> left) {
    if (gone) {
      left.forEach(this::release);
      return;
    }
    for (int i = left.size() - 1; i >= 0; i--) {
      queue.addFirst(left.get(i));
    }
  }

  private void reply(Request request, RedisMessage reply) {
    weight -= request.weight();
    outlet.send(reply, 0);
  }

  private void settle(Command command) {
    weight -= command.weight();
    release(command);
  }

  private void release(Command command) {
    int bytes = command.valueBytes();
    if (bytes > 0) {
      valueBytes -= bytes;
      budget.give(bytes);
    }
  }

  /** Runs tasks of other threads on the event loop of a connection. */
  static final class ConnectionThread {

    private ConnectionThread() {}

    /** Runs a task on the event loop, unless the gateway has stopped. */
    static void run(ChannelHandlerContext context, Runnable task) {
      try {
        context.executor().execute(task);
      } catch (RejectedExecutionException stopped) {
        // The gateway has stopped and all connections are closed.
        return;
      }
    }
  }
}
