package tf.grid.hub.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.redis.FixedRedisMessagePool;
import io.netty.handler.codec.redis.RedisDecoder;
import io.netty.handler.codec.redis.RedisEncoder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.fuzz.FuzzTarget;
import tf.grid.hub.gateway.command.ChunkCommands;
import tf.grid.hub.gateway.command.ServerCommands;
import tf.grid.hub.gateway.command.WriteAuthorization;
import tf.grid.hub.gateway.command.WriterAuthenticator;
import tf.grid.hub.store.MemoryStore;

/** Requests to the gateway: all are answered, and no memory stays reserved for them. */
public final class RequestTarget implements FuzzTarget {
  private static final long MEMORY = 64 << 20;
  private static final int LONGEST_LINE = 64;

  private final MemoryStore store = new MemoryStore();

  @Override
  public List<byte[]> seeds() {
    String id = "0123456789abcdef";
    return List.of(
        bytes("*1\r\n$4\r\nPING\r\n*2\r\n$3\r\nGET\r\n$16\r\n" + id + "\r\n"),
        bytes("*2\r\n$4\r\nAUTH\r\n$5\r\ntoken\r\n*2\r\n$6\r\nSELECT\r\n$7\r\ndefault\r\n"),
        bytes(
            "*2\r\n$4\r\nAUTH\r\n$5\r\ntoken\r\n*3\r\n$3\r\nSET\r\n$16\r\n"
                + id
                + "\r\n$3\r\nabc\r\n"),
        bytes(
            "*2\r\n$5\r\nCHECK\r\n$16\r\n"
                + id
                + "\r\n*2\r\n$6\r\nEXISTS\r\n$16\r\n"
                + id
                + "\r\n"),
        bytes("*1\r\n$4\r\nSCAN\r\n*1\r\n$4\r\nINFO\r\n*1\r\n$4\r\nTIME\r\n*1\r\n$6\r\nNSLIST\r\n"),
        bytes("*2\r\n$6\r\nNSINFO\r\n$7\r\ndefault\r\n*2\r\n$6\r\nLENGTH\r\n$16\r\n" + id + "\r\n"),
        bytes("PING\r\n+OK\r\n-ERR\r\n:5\r\n*-1\r\n$-1\r\n*0\r\n*2\r\n:1\r\n*1\r\n+x\r\n"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  @Override
  public void read(byte[] requests) {
    MemoryBudget budget = new MemoryBudget(MEMORY);
    WriteAuthorization pass = new WriteAuthorization(Optional.of(new Token()), "127.0.0.1");
    GatewaySession session =
        new GatewaySession(
            new ServerCommands("default", Clock.systemUTC(), () -> 1),
            new ChunkCommands(store, Optional.of(store), "default"),
            pass,
            budget,
            Runnable::run,
            () -> Duration.ZERO);
    RequestAssembler intake = new RequestAssembler(session, budget);
    EmbeddedChannel channel =
        new Connection(
            new ReadThrottle(intake, session),
            new RedisDecoder(LONGEST_LINE, FixedRedisMessagePool.INSTANCE),
            intake,
            new RedisEncoder(),
            session);
    channel.writeInbound(Unpooled.wrappedBuffer(requests));
    channel.runPendingTasks();
    channel.finishAndReleaseAll();
    channel.runPendingTasks();
    store.chunks.clear();
    if (budget.used() != 0) {
      throw new AssertionError(budget.used() + " bytes stay reserved");
    }
  }

  /** A connection without a network. */
  private static final class Connection extends EmbeddedChannel implements DuplexChannel {
    Connection(ChannelHandler... handlers) {
      super(handlers);
    }

    @Override
    public boolean isInputShutdown() {
      return !isActive();
    }

    @Override
    public ChannelFuture shutdownInput() {
      return close();
    }

    @Override
    public ChannelFuture shutdownInput(ChannelPromise promise) {
      return close(promise);
    }

    @Override
    public boolean isOutputShutdown() {
      return !isActive();
    }

    @Override
    public ChannelFuture shutdownOutput() {
      return close();
    }

    @Override
    public ChannelFuture shutdownOutput(ChannelPromise promise) {
      return close(promise);
    }

    @Override
    public boolean isShutdown() {
      return !isActive();
    }

    @Override
    public ChannelFuture shutdown() {
      return close();
    }

    @Override
    public ChannelFuture shutdown(ChannelPromise promise) {
      return close(promise);
    }
  }

  private static final class Token implements WriterAuthenticator {
    @Override
    public boolean admit(String token, String from) {
      return token.equals("token");
    }

    @Override
    public boolean mayWrite(String token) {
      return token.equals("token");
    }
  }
}
