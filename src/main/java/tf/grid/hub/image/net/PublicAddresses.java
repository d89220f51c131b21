package tf.grid.hub.image.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Recognizes public internet addresses, according to the <a
 * href="https://www.iana.org/assignments/iana-ipv4-special-registry">special-purpose registries of
 * IANA</a> and special addresses of cloud providers.
 */
final class PublicAddresses {

  private static final List<Range> NOT_PUBLIC =
      List.of(
          Range.of("0.0.0.0", 8),
          Range.of("10.0.0.0", 8),
          Range.of("100.64.0.0", 10),
          Range.of("127.0.0.0", 8),
          Range.of("169.254.0.0", 16),
          Range.of("172.16.0.0", 12),
          Range.of("192.0.0.0", 24),
          Range.of("192.0.2.0", 24),
          Range.of("192.88.99.0", 24),
          Range.of("192.168.0.0", 16),
          Range.of("198.18.0.0", 15),
          Range.of("198.51.100.0", 24),
          Range.of("203.0.113.0", 24),
          Range.of("224.0.0.0", 4),
          Range.of("240.0.0.0", 4),
          // Platform services of a cloud provider, although the address looks public.
          Range.of("168.63.129.16", 32),
          // Teredo and other special protocols.
          Range.of("2001::", 23),
          Range.of("2001:db8::", 32),
          Range.of("2002::", 16),
          Range.of("3fff::", 20));

  /** The only range of IPv6 that is routed on the internet. */
  private static final Range GLOBAL_UNICAST = Range.of("2000::", 3);

  /** NAT64: the last 32 bits are an IPv4 address. */
  private static final Range TRANSLATED = Range.of("64:ff9b::", 96);

  private PublicAddresses() {}

  /** Whether the address is on the public internet. */
  static boolean contains(InetAddress address) {
    byte[] bits = address.getAddress();
    if (TRANSLATED.contains(bits)) {
      return isPublic(Arrays.copyOfRange(bits, 12, 16));
    }
    boolean routed = !(address instanceof Inet6Address) || GLOBAL_UNICAST.contains(bits);
    return routed && isPublic(bits);
  }

  private static boolean isPublic(byte[] bits) {
    return NOT_PUBLIC.stream().noneMatch(range -> range.contains(bits));
  }

  private static final class Range {
    private final byte[] first;
    private final int length;

    private Range(byte[] first, int length) {
      this.first = first;
      this.length = length;
    }

    static Range of(String literal, int length) {
      try {
        return new Range(InetAddress.getByName(literal).getAddress(), length);
      } catch (UnknownHostException e) {
        throw new IllegalStateException("a literal needs no name server", e);
      }
    }

    boolean contains(byte[] address) {
      if (address.length != first.length) {
        return false;
      }
      for (int bit = 0; bit < length; bit++) {
        int mask = 0x80 >> bit % 8;
        if (((address[bit / 8] ^ first[bit / 8]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
