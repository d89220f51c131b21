package tf.grid.hub.gateway;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** Limits the number of connections, in total and per address. Thread-safe. */
final class ConnectionLimit {
  private final int most;
  private final int mostPerAddress;
  private final Map<InetAddress, Integer> perAddress = new HashMap<>();
  private int all;

  ConnectionLimit(int most, int mostPerAddress) {
    this.most = most;
    this.mostPerAddress = mostPerAddress;
  }

  /**
   * Returns whether another connection from this address is allowed, and counts it. Call {@code
   * leave} when it ends.
   */
  synchronized boolean enter(InetAddress address) {
    int before = perAddress.getOrDefault(address, 0);
    if (all >= most || before >= mostPerAddress) {
      return false;
    }
    perAddress.put(address, before + 1);
    all++;
    return true;
  }

  synchronized void leave(InetAddress address) {
    perAddress.computeIfPresent(address, (any, count) -> count > 1 ? count - 1 : null);
    all--;
  }

  synchronized int inside() {
    return all;
  }
}
