package tf.grid.hub.image.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tf.grid.hub.image.PullException.AddressForbiddenException;
import tf.grid.hub.image.PullException.NotConnectedException;
import tf.grid.hub.image.PullException.SourceUnreachableException;
import tf.grid.hub.image.reference.RegistryName;

/**
 * Decides which addresses may be connected to, so that no user reaches through the hub what only
 * the hub can reach. Threads may share it.
 */
public final class AddressGuard {

  /** A host whose last part is a number is an address; programs differ in reading unusual ones. */
  private static final Pattern NUMERIC =
      Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)\\.?", Pattern.CASE_INSENSITIVE);

  private static final String OCTET = "(?:0|[1-9][0-9]{0,2})";
  private static final Pattern USUAL = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

  private final Set<String> trusted;
  private final boolean everywhere;
  private final NameLookup names;

  /**
   * Allows the public internet and some exceptions.
   *
   * @param trusted hosts with or without port that the operator allows wherever they are, and
   *     without TLS
   * @param everywhere whether all addresses are allowed
   * @param names where addresses come from
   */
  public AddressGuard(Set<String> trusted, boolean everywhere, NameLookup names) {
    this.trusted =
        trusted.stream()
            .map(entry -> entry.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    this.everywhere = everywhere;
    this.names = names;
  }

  /** Whether the operator allows this host without TLS, and wherever it is. */
  public boolean trusts(Origin origin) {
    return trusted.stream().anyMatch(origin::isNamedBy);
  }

  /**
   * Checks where a registry is that someone else will connect to. One that may be anywhere is not
   * looked up: who connects may know names that this machine does not.
   *
   * @throws AddressForbiddenException if it is not allowed
   * @throws SourceUnreachableException if it has no address
   */
  public void check(RegistryName registry) throws IOException {
    Origin origin = Origin.of(URI.create("https://" + registry + "/"));
    if (!everywhere && !trusts(origin)) {
      addresses(origin);
    }
  }

  /**
   * The addresses of a host, each of them checked; a connection may go to these only.
   *
   * @throws AddressForbiddenException if one of them is not allowed, or the connection would not be
   *     encrypted
   * @throws SourceUnreachableException if there is none
   */
  List<InetAddress> addresses(Origin origin)
      throws AddressForbiddenException, SourceUnreachableException {
    boolean exempt = trusts(origin);
    if (origin.isPlain() && !exempt) {
      throw new AddressForbiddenException(
          origin
              + " would be asked without TLS, which this hub does only for hosts that its operator"
              + " names in hub.image.insecure-registries");
    }
    refuseUnusual(origin);
    List<InetAddress> found = lookUp(origin);
    if (!exempt && !everywhere && !found.stream().allMatch(PublicAddresses::contains)) {
      throw new AddressForbiddenException(
          origin
              + " is not on the public internet, so this hub does not ask it; its operator can"
              + " allow it by hub.image.insecure-registries or hub.image.allow-private-addresses");
    }
    return found;
  }

  private static void refuseUnusual(Origin origin) throws AddressForbiddenException {
    String host = origin.host();
    if (NUMERIC.matcher(host).matches() && !USUAL.matcher(host).matches()) {
      throw new AddressForbiddenException(
          origin + " is an address in a form that this hub does not take; write it as 192.0.2.1");
    }
  }

  private List<InetAddress> lookUp(Origin origin) throws SourceUnreachableException {
    try {
      return names.addresses(origin.host());
    } catch (UnknownHostException e) {
      throw new NotConnectedException("there is no host " + origin.host(), e);
    }
  }

  /** Asks for the addresses that a host name has. */
  public interface NameLookup {

    /** Asks the way this machine is set up to. */
    NameLookup SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /** All addresses of a name, at least one, or the one that a literal address is. */
    List<InetAddress> addresses(String host) throws UnknownHostException;
  }
}
