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
 * Assembles requests from the messages of the decoder. Requests that will be rejected are not
 * stored; values are stored only for authorized writers, and when the budget has room. Used only by
 * the event loop of the connection.
 */
final class RequestAssembler extends ChannelInboundHandlerAdapter {

  /** Replaces input that the decoder could not parse. */
  private static final RedisMessage NONSENSE = new RedisMessage() {};

  /** Requests with more elements are rejected without reading them completely. */
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

  /** Whether it is waiting for memory from the budget. */
  boolean isWaiting() {
    return waiting;
  }

  /** Whether a request is incomplete. */
  boolean isPartial() {
    return draft != null;
  }

  /** When the incomplete request started, in nanoseconds of {@link System#nanoTime()}. */
  long draftedAt() {
    return draftedAt;
  }

  /** Restarts the timeout of the request after a wait that was not caused by the client. */
  void excuse() {
    draftedAt = System.nanoTime();
  }

  /** Bytes of the current value that have not arrived yet. */
  int valueBytesExpected() {
    return held > 0 ? held - filled : 0;
  }

  /** Handles the next message of the decoder, if there is one. */
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

  /** Reserves memory for the whole value, to avoid deadlocks between partially received values. */
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
