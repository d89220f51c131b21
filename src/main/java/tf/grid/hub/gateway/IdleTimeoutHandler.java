package tf.grid.hub.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections that exceed a timeout: of an incomplete request, an unread reply, or silence.
 * Used only by the event loop of the connection.
 */
final class IdleTimeoutHandler extends ChannelInboundHandlerAdapter {
  private static final long SLOWEST_LOOK = TimeUnit.SECONDS.toNanos(5);

  private final long idle;
  private final long exchange;
  private final RequestAssembler intake;
  private final GatewaySession session;
  private Future<?> looking;

  IdleTimeoutHandler(
      Duration idle, Duration exchange, RequestAssembler intake, GatewaySession session) {
    this.idle = idle.toNanos();
    this.exchange = exchange.toNanos();
    this.intake = intake;
    this.session = session;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    long every = Math.min(SLOWEST_LOOK, Math.min(idle, exchange) / 4);
    looking =
        ctx.executor().scheduleWithFixedDelay(() -> check(ctx), every, every, TimeUnit.NANOSECONDS);
    ctx.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (looking != null) {
      looking.cancel(false);
    }
    ctx.fireChannelInactive();
  }

  private void check(ChannelHandlerContext ctx) {
    if (!session.isHungry() || intake.isWaiting()) {
      intake.excuse();
    }
    long now = System.nanoTime();
    if (isStuck(now) || isSilent(now)) {
      var unused = ctx.close();
    }
  }

  private boolean isStuck(long now) {
    return session.outlet().isPending()
        ? now - session.outlet().progressAt() > exchange
        : intake.isPartial() && now - intake.draftedAt() > exchange;
  }

  private boolean isSilent(long now) {
    long since = Math.max(session.heardAt() - now, session.outlet().progressAt() - now);
    boolean resting = session.isAnswered() && !session.outlet().isPending() && !intake.isPartial();
    return resting && -since > idle;
  }
}
