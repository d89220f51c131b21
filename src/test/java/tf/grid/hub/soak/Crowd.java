package tf.grid.hub.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Many clients of one kind, each as slow as it can be: sends the beginning of a request, then a
 * little each second, and reads a little each second. When its connection ends, a client comes
 * back.
 */
final class Crowd implements Runnable {
  private static final int RECEIVE_BUFFER = 4096;

  private final Kind kind;
  private final InetSocketAddress address;
  private final Figures figures;
  private final List<SocketChannel> members = new ArrayList<>();
  private volatile boolean ended;

  /**
   * How the clients behave.
   *
   * @param opening sent at once
   * @param drip sent each second
   * @param reads bytes that are read each second
   */
  record Kind(String name, int members, String opening, String drip, int reads) {}

  Crowd(Kind kind, int port, Figures figures) {
    this.kind = kind;
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.figures = figures;
    for (int i = 0; i < kind.members(); i++) {
      members.add(null);
    }
  }

  void end() {
    ended = true;
  }

  @Override
  public void run() {
    try {
      while (!ended) {
        for (int i = 0; i < members.size() && !ended; i++) {
          members.set(i, step(members.get(i)));
        }
        TimeUnit.SECONDS.sleep(1);
      }
    } catch (InterruptedException e) {
      ended = true;
    } finally {
      members.forEach(Crowd::close);
    }
  }

  private SocketChannel step(SocketChannel member) {
    SocketChannel channel = member;
    try {
      if (channel == null) {
        channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
        channel.socket().connect(address, 1000);
        channel.configureBlocking(false);
        channel.write(US_ASCII.encode(kind.opening()));
        figures.count("attack", kind.name());
        return channel;
      }
      if (!kind.drip().isEmpty()) {
        channel.write(US_ASCII.encode(kind.drip()));
      }
      // Without a read, an end that the hub has sent is seen by the next write.
      if (kind.reads() > 0 && channel.read(ByteBuffer.allocate(kind.reads())) < 0) {
        close(channel);
        return null;
      }
      return channel;
    } catch (IOException closed) {
      close(channel);
      return null;
    }
  }

  private static void close(SocketChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
