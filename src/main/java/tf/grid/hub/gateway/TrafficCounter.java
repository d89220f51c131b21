package tf.grid.hub.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import tf.grid.hub.gateway.ConnectionLimit.Guest;

/** Counts the bytes that a connection moves. Used only by the event loop of the connection. */
final class TrafficCounter extends ChannelDuplexHandler {
  private final Guest guest;

  TrafficCounter(Guest guest) {
    this.guest = guest;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    guest.moved(((ByteBuf) message).readableBytes());
    ctx.fireChannelRead(message);
  }

  /** Counts when the bytes are sent: a client that reads nothing moves nothing. */
  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    int bytes = ((ByteBuf) message).readableBytes();
    var unused = ctx.write(message, promise.unvoid().addListener(sent -> guest.moved(bytes)));
  }
}
