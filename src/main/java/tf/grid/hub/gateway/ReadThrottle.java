package tf.grid.hub.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/**
 * The first handler of a connection: reads only as fast as the session processes requests. Received
 * bytes are passed to the decoder in small pieces, because a few bytes can become many objects, and
 * the socket is read only when all of them are consumed. A client that sends too fast thus fills
 * its own buffers, not ours. The session requests more with {@link ChannelHandlerContext#read()}.
 * Used only by the event loop of the connection.
 */
final class ReadThrottle extends ChannelDuplexHandler {
  private static final int PIECE = 2048;

  private final RequestAssembler intake;
  private final GatewaySession session;
  private ByteBuf unused;
  private boolean advancing;
  private boolean again;
  private boolean reading;
  private boolean ended;

  ReadThrottle(RequestAssembler intake, GatewaySession session) {
    this.intake = intake;
    this.session = session;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.fireChannelActive();
    advance(ctx);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    session.heard();
    drop();
    unused = (ByteBuf) message;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    reading = false;
    advance(ctx);
  }

  @Override
  public void read(ChannelHandlerContext ctx) {
    advance(ctx);
  }

  /** The client may half-close the connection and still wait for replies. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      ended = true;
      advance(ctx);
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    drop();
  }

  /** Processes as much as possible. A recursive call only notes that there is more to do. */
  private void advance(ChannelHandlerContext ctx) {
    again = true;
    if (advancing) {
      return;
    }
    advancing = true;
    try {
      while (again) {
        again = false;
        feed(ctx);
        again |= session.work();
      }
    } finally {
      advancing = false;
    }
    waitForMore(ctx);
  }

  private void feed(ChannelHandlerContext ctx) {
    while (isReady() && (intake.takeNext() || handOn(ctx))) {
      again = true;
    }
  }

  private boolean handOn(ChannelHandlerContext ctx) {
    if (unused == null) {
      return false;
    }
    int length = Math.min(unused.readableBytes(), Math.max(PIECE, intake.valueBytesExpected()));
    ByteBuf piece = unused.readRetainedSlice(length);
    if (!unused.isReadable()) {
      drop();
    }
    ctx.fireChannelRead(piece);
    return true;
  }

  private boolean isReady() {
    return session.isHungry() && !intake.isWaiting();
  }

  private void waitForMore(ChannelHandlerContext ctx) {
    if (session.outlet().isLeaving()) {
      drop();
    }
    if (ended) {
      endWhenAnswered();
    } else if (!reading && (session.outlet().isLeaving() || isReady())) {
      reading = true;
      ctx.read();
    }
  }

  private void endWhenAnswered() {
    if (session.outlet().isLeaving() || (isReady() && session.isAnswered())) {
      session.outlet().end();
    }
  }

  private void drop() {
    if (unused != null) {
      unused.release();
      unused = null;
    }
  }
}
