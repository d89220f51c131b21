package tf.grid.hub.gateway;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.redis.RedisMessage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Sends replies and knows what the client has not taken yet. Used by the connection's event loop
 * only.
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
   * @param held what it keeps of the budget until the client has taken it, in bytes
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

  /** Whether more may be sent. */
  boolean isOpen() {
    return !leaving && context.channel().isWritable();
  }

  boolean isLeaving() {
    return leaving;
  }

  /** Whether the client has replies to take. */
  boolean isPending() {
    return pending > 0;
  }

  /** When the client last took something, in nanoseconds of the system's clock. */
  long progressAt() {
    return progressAt;
  }

  /**
   * Ends the connection once everything is sent. What the client still sends is read for a moment
   * and dropped, or the system would throw the last replies away.
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

  /** Ends the connection once everything is sent; the client sends no more. */
  void end() {
    leaving = true;
    context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }
}
