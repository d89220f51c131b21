package tf.grid.hub.image.reference;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import tf.grid.hub.problem.PrintableText;

/**
 * The registry in a reference: a host with optional port. The grammar is that of the <a
 * href="https://pkg.go.dev/github.com/distribution/reference">distribution reference</a>.
 *
 * @param value as written by users: {@code ghcr.io}, {@code host:5000}, {@code [::1]:5000}
 */
public record RegistryName(String value) {

  private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
  private static final Pattern FORM =
      Pattern.compile(
          "(" + LABEL + "(?:\\." + LABEL + ")*|\\[[0-9a-fA-F:.]{2,45}])(?::([0-9]{1,5}))?");
  private static final int LONGEST_HOST = 253;
  private static final int MOST_PORT = 65_535;

  /** The default registry. */
  public static final RegistryName DOCKER_HUB = new RegistryName("docker.io");

  /**
   * Validates the name.
   *
   * @throws InvalidReferenceException if it is not a host with optional port
   */
  public RegistryName {
    if (!FORM.matcher(value).matches()) {
      throw new InvalidReferenceException(
          "the registry '"
              + PrintableText.shortened(value, ImageReference.SHOWN_BYTES)
              + "' is no host[:port]");
    }
    if (!isHost(hostOf(value))) {
      throw new InvalidReferenceException(
          "the registry '"
              + PrintableText.shortened(value, ImageReference.SHOWN_BYTES)
              + "' is no name, and no address in a form that this hub takes: write addresses as"
              + " 192.0.2.1 or [2001:db8::1]");
    }
    if (hostOf(value).length() > LONGEST_HOST) {
      throw new InvalidReferenceException("the registry's name is longer than 253 characters");
    }
    if (portOf(value) > MOST_PORT || portOf(value) == 0) {
      throw new InvalidReferenceException("the registry's port is not from 1 to 65535");
    }
  }

  /**
   * Whether it is valid in a URL; excludes, for example, short, octal or hexadecimal IP addresses.
   */
  private static boolean isHost(String host) {
    try {
      return new URI("https://" + host).getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** The host without port; IPv6 addresses are in brackets. */
  public String host() {
    return hostOf(value);
  }

  /** The port, or -1 for the default port. */
  public int port() {
    return portOf(value);
  }

  /** Whether this is Docker Hub, which has several names and yet another API host. */
  public boolean isDockerHub() {
    return equals(DOCKER_HUB);
  }

  private static int portColon(String value) {
    int colon = value.lastIndexOf(':');
    return colon > value.lastIndexOf(']') ? colon : -1;
  }

  private static String hostOf(String value) {
    int colon = portColon(value);
    return colon < 0 ? value : value.substring(0, colon);
  }

  private static int portOf(String value) {
    int colon = portColon(value);
    return colon < 0 ? -1 : Integer.parseInt(value.substring(colon + 1));
  }

  @Override
  public String toString() {
    return value;
  }
}
