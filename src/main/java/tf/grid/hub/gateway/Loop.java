package tf.grid.hub.gateway;

import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.RejectedExecutionException;

/** The way back from other threads to the one that owns a connection. */
final class Loop {

  private Loop() {}

  /** Runs something on a connection's event loop, unless the gateway has stopped already. */
  static void run(ChannelHandlerContext context, Runnable task) {
    try {
      context.executor().execute(task);
    } catch (RejectedExecutionException stopped) {
      // All connections are gone, and with them everything that the task could change.
      return;
    }
  }
}
