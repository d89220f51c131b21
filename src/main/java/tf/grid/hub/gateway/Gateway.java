package tf.grid.hub.gateway;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.redis.FixedRedisMessagePool;
import io.netty.handler.codec.redis.RedisDecoder;
import io.netty.handler.codec.redis.RedisEncoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tf.grid.hub.gateway.ConnectionLimit.Guest;
import tf.grid.hub.gateway.command.ChunkCommands;
import tf.grid.hub.gateway.command.Reply;
import tf.grid.hub.gateway.command.ServerCommands;
import tf.grid.hub.gateway.command.WriteAuthorization;
import tf.grid.hub.gateway.command.WriterAuthenticator;
import tf.grid.hub.store.ChunkInventory;
import tf.grid.hub.store.ChunkStore;

/**
 * Serves a chunk store over TCP in the 0-db protocol. Reading is anonymous; writing requires a
 * token. Listens from its construction until it is closed. Thread-safe.
 */
public final class Gateway implements AutoCloseable {
  private static final int STOP_SECONDS = 5;
  private static final int LONGEST_LINE = 64;

  private final GatewayOptions settings;
  private final Optional<WriterAuthenticator> writers;
  private final ConnectionLimit admission;
  private final FailedLogins failures = new FailedLogins(System::nanoTime);
  private final MemoryBudget budget;
  private final ServerCommands server;
  private final ChunkCommands chunks;
  private final ExecutorService workers;
  private final EventLoopGroup loops;
  private final Channel listening;

  /**
   * Starts listening.
   *
   * @param store the chunks to serve; not closed with the gateway
   * @param inventory answers queries about the whole store; without it, these are not supported
   * @param writers authenticates writers; without it, writing is not supported
   * @param clock for the {@code TIME} command
   * @throws GatewayStartException if the address cannot be used
   */
  public Gateway(
      GatewayOptions settings,
      ChunkStore store,
      Optional<ChunkInventory> inventory,
      Optional<WriterAuthenticator> writers,
      Clock clock) {
    this.settings = settings;
    this.writers = writers;
    this.admission =
        new ConnectionLimit(
            settings.connections(), settings.connectionsPerAddress(), System::nanoTime);
    this.budget = new MemoryBudget(settings.memoryBytes());
    this.server = new ServerCommands(settings.namespace(), clock, admission::inside);
    this.chunks = new ChunkCommands(store, inventory, settings.namespace());
    this.workers =
        Executors.newFixedThreadPool(
            settings.workers(), new DefaultThreadFactory("gateway-worker", true));
    int threads = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
    this.loops =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("gateway", true), NioIoHandler.newFactory());
    this.listening = listen();
  }

  /** The address and port it listens on; useful if the configured port is 0. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listening.localAddress();
  }

  /** Bytes of values currently held for clients. */
  public long bytesHeld() {
    return budget.used();
  }

  /** Number of connected clients, at most the limit of connections. */
  public int clients() {
    return admission.inside();
  }

  /** Stops immediately: connections are closed; store operations in progress are completed. */
  @Override
  public void close() {
    loops.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    workers.shutdown();
    try {
      workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    workers.shutdownNow();
  }

  private Channel listen() {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(ChunkCommands.READ_BYTES / 2, ChunkCommands.READ_BYTES))
            .childHandler(new Welcome());
    try {
      return bootstrap.bind(settings.host(), settings.port()).syncUninterruptibly().channel();
    } catch (Exception e) {
      close();
      throw new GatewayStartException(settings.host(), settings.port(), e);
    }
  }

  private final class Welcome extends ChannelInitializer<SocketChannel> {

    @Override
    protected void initChannel(SocketChannel channel) {
      channel
          .config()
          .setRecvByteBufAllocator(
              new AdaptiveRecvByteBufAllocator(512, 2048, 1 << 16).maxMessagesPerRead(1));
      // A connection that is already closed has no address.
      InetSocketAddress remote = channel.remoteAddress();
      Optional<Guest> guest =
          Optional.ofNullable(remote)
              .flatMap(from -> admission.enter(from.getAddress(), () -> close(channel)));
      if (guest.isPresent()) {
        channel.closeFuture().addListener(closed -> admission.leave(guest.get()));
        serve(channel, guest.get(), remote.getAddress());
      } else {
        channel.pipeline().addLast(new Farewell());
      }
    }

    private void close(SocketChannel channel) {
      var unused = channel.close();
    }

    private void serve(SocketChannel channel, Guest guest, InetAddress from) {
      WriteAuthorization pass = new WriteAuthorization(writers, from.getHostAddress());
      GatewaySession session =
          new GatewaySession(server, chunks, pass, budget, workers, () -> failures.failed(from));
      RequestAssembler intake = new RequestAssembler(session, budget);
      channel
          .pipeline()
          .addLast(new TrafficCounter(guest))
          .addLast(new ReadThrottle(intake, session))
          .addLast(new RedisDecoder(LONGEST_LINE, FixedRedisMessagePool.INSTANCE))
          .addLast(intake)
          .addLast(new RedisEncoder())
          .addLast(session)
          .addLast(new IdleTimeoutHandler(settings.idle(), settings.exchange(), intake, session));
    }
  }

  /** Rejects connections beyond the limit. */
  private static final class Farewell extends ChannelInboundHandlerAdapter {
    private static final byte[] WORDS =
        ("-" + Reply.FULL_HOUSE + "\r\n").getBytes(StandardCharsets.US_ASCII);

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      ctx.writeAndFlush(Unpooled.wrappedBuffer(WORDS)).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** The gateway could not start listening: the address is in use, not local, or not permitted. */
  public static final class GatewayStartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    GatewayStartException(String host, int port, Throwable cause) {
      super(
          "tried to listen for chunk clients on "
              + host
              + ":"
              + port
              + " but "
              + cause.getMessage()
              + "; choose another address or port",
          cause);
    }
  }
}
