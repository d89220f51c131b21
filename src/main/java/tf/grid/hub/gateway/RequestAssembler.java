package tf.grid.hub.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.redis.ArrayHeaderRedisMessage;
import io.netty.handler.codec.redis.BulkStringHeaderRedisMessage;
import io.netty.handler.codec.redis.BulkStringRedisContent;
import io.netty.handler.codec.redis.FullBulkStringRedisMessage;
import io.netty.handler.codec.redis.LastBulkStringRedisContent;
import io.netty.handler.codec.redis.RedisMessage;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import tf.grid.hub.gateway.GatewaySession.ConnectionThread;
import tf.grid.hub.gateway.command.Reply;
import tf.grid.hub.gateway.command.Request;

/**
 * Puts requests together from the decoder's messages. Nothing is kept of a request that will be
 * refused, and a value is kept only for those who may write and once the budget has room for it.
 * Used by the connection's event loop only.
 */
final class RequestAssembler extends ChannelInboundHandlerAdapter {

  /** Stands for whatever the decoder could not make sense of. */
  private static final RedisMessage NONSENSE = new RedisMessage() {};

  /** A request of more elements is not read to its end. */
  private static final int MOST_ELEMENTS = 1 << 16;

  private final GatewaySession session;
  private final MemoryBudget budget;
  private final Queue<RedisMessage> parked = new ArrayDeque<>();
  private ChannelHandlerContext context;
  private PartialRequest draft;
  private long draftedAt;
  private byte[] element;
  private int filled;
  private int held;
  private boolean waiting;
  private boolean removed;

  RequestAssembler(GatewaySession session, MemoryBudget budget) {
    this.session = session;
    this.budget = budget;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    parked.add((RedisMessage) message);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof DecoderException) {
      parked.add(NONSENSE);
    } else {
      ctx.fireExceptionCaught(cause);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    removed = true;
    parked.forEach(ReferenceCountUtil::release);
    parked.clear();
    element = null;
    giveBack();
  }

  /** Whether nothing can be taken before the budget has room. */
  boolean isWaiting() {
    return waiting;
  }

  /** Whether a request has begun and its rest is still to come. */
  boolean isPartial() {
    return draft != null;
  }

  /** When the request that is coming in began, in nanoseconds of the system's clock. */
  long draftedAt() {
    return draftedAt;
  }

  /** Lets the request's time begin anew, after it was we who kept it waiting. */
  void excuse() {
    draftedAt = System.nanoTime();
  }

  /** How much of the value that is coming in has not come yet, in bytes. */
  int valueBytesExpected() {
    return held > 0 ? held - filled : 0;
  }

  /** Takes the next of the decoder's messages, if there is one. */
  boolean takeNext() {
    RedisMessage message = parked.poll();
    if (message == null) {
      return false;
    }
    try {
      take(message);
    } finally {
      ReferenceCountUtil.release(message);
    }
    return true;
  }

  private void take(RedisMessage message) {
    if (draft == null && message instanceof ArrayHeaderRedisMessage header) {
      begin(header.length());
    } else if (draft == null || message == FullBulkStringRedisMessage.NULL_INSTANCE) {
      giveUp(Reply.MALFORMED);
    } else if (message instanceof BulkStringHeaderRedisMessage header) {
      open(header.bulkStringLength());
    } else if (message instanceof FullBulkStringRedisMessage) {
      open(0);
      close();
    } else if (message instanceof BulkStringRedisContent content) {
      fill(content.content());
      if (content instanceof LastBulkStringRedisContent) {
        close();
      }
    } else {
      giveUp(Reply.MALFORMED);
    }
  }

  private void begin(long elements) {
    if (elements > MOST_ELEMENTS) {
      giveUp(Reply.TOO_MANY);
    } else if (elements < 1) {
      session.accept(new Request.Refused(Reply.MISSING_ARGUMENTS, false));
    } else {
      draft = new PartialRequest((int) elements);
      draftedAt = System.nanoTime();
    }
  }

  private void open(int length) {
    filled = 0;
    if (length > GatewayOptions.MAX_VALUE) {
      context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
      var unused = context.close();
    } else if (length > draft.room()) {
      element = null;
    } else if (draft.isValueNext() && length > 0) {
      hold(length);
    } else {
      element = new byte[length];
    }
  }

  /** Takes the whole value's room at once: two half values that wait for each other stay away. */
  private void hold(int length) {
    waiting = !budget.take(length, () -> ConnectionThread.run(context, () -> granted(length)));
    if (!waiting) {
      held = length;
      element = new byte[length];
    }
  }

  private void granted(int length) {
    held = length;
    waiting = false;
    if (removed) {
      giveBack();
    } else {
      element = new byte[length];
      context.read();
    }
  }

  private void fill(ByteBuf content) {
    if (element != null) {
      int length = content.readableBytes();
      content.readBytes(element, filled, length);
      filled += length;
    }
  }

  private void close() {
    draft.add(Optional.ofNullable(element), session.mayWrite());
    element = null;
    if (draft.isComplete()) {
      Request request = draft.toRequest();
      draft = null;
      held = 0;
      session.accept(request);
    }
  }

  private void giveUp(String error) {
    draft = null;
    element = null;
    giveBack();
    session.accept(new Request.Refused(error, true));
  }

  private void giveBack() {
    int bytes = held;
    held = 0;
    if (bytes > 0) {
      budget.give(bytes);
    }
  }
}
