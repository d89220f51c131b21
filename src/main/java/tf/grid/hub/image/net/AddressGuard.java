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
import tf.grid.hub.image.http.Origin;
import tf.grid.hub.image.reference.RegistryName;

/**
 * Decides which addresses may be connected to, so that users cannot access internal services
 * through the hub (SSRF). Thread-safe.
 */
public final class AddressGuard {

  /**
   * A host whose last label is a number is an IP address; programs parse unusual forms differently.
   */
  private static final Pattern NUMERIC =
      Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)\\.?", Pattern.CASE_INSENSITIVE);

  private static final String OCTET = "(?:0|[1-9][0-9]{0,2})";
  private static final Pattern USUAL = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

  private final Set<String> trusted;
  private final boolean everywhere;
  private final NameLookup names;

  /**
   * Allows public addresses and configured exceptions.
   *
   * @param trusted hosts with optional port that are allowed at any address and without TLS
   * @param everywhere whether all addresses are allowed
   * @param names resolves host names
   */
  public AddressGuard(Set<String> trusted, boolean everywhere, NameLookup names) {
    this.trusted =
        trusted.stream()
            .map(entry -> entry.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    this.everywhere = everywhere;
    this.names = names;
  }

  /** Whether this host is allowed without TLS and at any address. */
  public boolean trusts(Origin origin) {
    return trusted.stream().anyMatch(origin::isNamedBy);
  }

  /**
   * Checks the address of a registry to which another program will connect. The name of a trusted
   * registry is not resolved, because the other program may use other name servers.
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
   * Resolves a host and checks all its addresses; connections may use only these.
   *
   * @throws AddressForbiddenException if an address is not allowed, or the connection would not be
   *     encrypted
   * @throws SourceUnreachableException if there is no address
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
    return permitted(origin, exempt);
  }

  /**
   * Resolves the host of a server that does not speak HTTP and whose answers are verified by other
   * means than TLS, and checks all its addresses; connections may use only these.
   *
   * @param exempt whether all addresses are allowed for this server
   * @throws AddressForbiddenException if an address is not allowed
   * @throws SourceUnreachableException if there is no address
   */
  public List<InetAddress> addresses(String host, int port, boolean exempt)
      throws AddressForbiddenException, SourceUnreachableException {
    Origin origin = new Origin("tcp", host.toLowerCase(Locale.ROOT), port);
    return permitted(origin, exempt || trusts(origin));
  }

  private List<InetAddress> permitted(Origin origin, boolean exempt)
      throws AddressForbiddenException, SourceUnreachableException {
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

  /** Resolves host names. */
  public interface NameLookup {

    /** Uses the resolver of the system. */
    NameLookup SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /** Returns at least one address of a name, or the address of an IP literal. */
    List<InetAddress> addresses(String host) throws UnknownHostException;
  }
}
