package tf.grid.hub.gateway;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.redis.RedisMessage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Sends replies and tracks what the client has not received yet. Used only by the event loop of the
 * connection.
 */
final class ReplyWriter {
  private static final int LINGER_MILLIS = 1000;

  private final ChannelHandlerContext context;
  private final MemoryBudget budget;
  private int pending;
  private long progressAt = System.nanoTime();
  private boolean leaving;

  ReplyWriter(ChannelHandlerContext context, MemoryBudget budget) {
    this.context = context;
    this.budget = budget;
  }

  /**
   * Sends a reply with the next flush.
   *
   * @param held bytes of the budget to release when the reply is sent
   */
  void send(RedisMessage reply, int held) {
    if (pending++ == 0) {
      progressAt = System.nanoTime();
    }
    context.write(reply).addListener(done -> taken(held));
  }

  private void taken(int held) {
    pending--;
    progressAt = System.nanoTime();
    if (held > 0) {
      budget.give(held);
    }
  }

  void flush() {
    context.flush();
  }

  /** Whether more replies may be sent. */
  boolean isOpen() {
    return !leaving && context.channel().isWritable();
  }

  boolean isLeaving() {
    return leaving;
  }

  /** Whether replies are waiting for the client. */
  boolean isPending() {
    return pending > 0;
  }

  /** When the client last received something, in nanoseconds of {@link System#nanoTime()}. */
  long progressAt() {
    return progressAt;
  }

  /**
   * Closes the connection after all replies are sent. Input is read and discarded for a moment;
   * otherwise TCP would discard the last replies.
   */
  void leave() {
    if (leaving) {
      return;
    }
    leaving = true;
    context
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(ChannelFutureListener.CLOSE_ON_FAILURE)
        .addListener(done -> halfClose());
    Future<?> unused = context.executor().schedule(this::cut, LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void halfClose() {
    var unused = ((DuplexChannel) context.channel()).shutdownOutput();
  }

  private void cut() {
    var unused = context.close();
  }

  /** Closes the connection after all replies are sent, when the client has stopped sending. */
  void end() {
    leaving = true;
    context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }
}
