package tf.grid.hub.http.proxy;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Takes the client address from {@code X-Forwarded-For} if the connection comes from a proxy that
 * is known to add to this header. Each proxy appends the address that it saw, so the address is the
 * last one that is not itself a trusted proxy; clients can forge those before it. Immutable.
 */
public final class TrustedProxies implements ClientAddress {

  private static final String HEADER = "X-Forwarded-For";

  /** Addresses only, so that no name is looked up. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

  /** What some proxies write: an address in brackets, or an IPv4 address, and a port. */
  private static final Pattern WITH_PORT = Pattern.compile("\\[([^\\]]+)](:\\d+)?|([\\d.]+):\\d+");

  private final List<Network> networks;

  private TrustedProxies(List<Network> networks) {
    this.networks = networks;
  }

  /**
   * Parses the addresses of proxies.
   *
   * @param texts addresses or networks, such as {@code 10.0.0.0/8}; none to trust no header
   * @throws IllegalArgumentException if one is neither
   */
  public static TrustedProxies of(List<String> texts) {
    return new TrustedProxies(texts.stream().map(Network::parse).toList());
  }

  @Override
  public String of(HttpServletRequest request) {
    String client = request.getRemoteAddr();
    if (!trusts(client)) {
      return client;
    }
    List<String> passed = addresses(request);
    for (int i = passed.size() - 1; i >= 0; i--) {
      Optional<String> address = plain(passed.get(i));
      if (address.isEmpty()) {
        return client;
      }
      client = address.get();
      if (!trusts(client)) {
        return client;
      }
    }
    return client;
  }

  private static List<String> addresses(HttpServletRequest request) {
    List<String> all = new ArrayList<>();
    for (String header : Collections.list(request.getHeaders(HEADER))) {
      all.addAll(Arrays.asList(header.split(",")));
    }
    return all;
  }

  /** An address without a port; empty if it is none. */
  private static Optional<String> plain(String text) {
    String stripped = text.strip();
    var match = WITH_PORT.matcher(stripped);
    if (match.matches()) {
      stripped = match.group(1) == null ? match.group(3) : match.group(1);
    }
    return Optional.of(stripped).filter(address -> ADDRESS.matcher(address).matches());
  }

  private boolean trusts(String text) {
    if (networks.isEmpty() || !ADDRESS.matcher(text).matches()) {
      return false;
    }
    InetAddress address;
    try {
      address = address(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  /** The text must be an address, so that no name is looked up. */
  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("neither an address nor a network: " + text, e);
    }
  }

  /** Addresses with the same first bits. */
  private record Network(InetAddress first, int bits) {

    static Network parse(String text) {
      String[] parts = text.split("/", 2);
      if (!ADDRESS.matcher(parts[0]).matches()) {
        throw new IllegalArgumentException("neither an address nor a network: " + text);
      }
      InetAddress first = address(parts[0]);
      int most = first.getAddress().length * Byte.SIZE;
      boolean single = parts.length == 1;
      if (!single && !(parts[1].matches("\\d{1,3}") && Integer.parseInt(parts[1]) <= most)) {
        throw new IllegalArgumentException("neither an address nor a network: " + text);
      }
      return new Network(first, single ? most : Integer.parseInt(parts[1]));
    }

    boolean contains(InetAddress other) {
      byte[] ours = first.getAddress();
      byte[] theirs = other.getAddress();
      if (ours.length != theirs.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % Byte.SIZE);
        if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
