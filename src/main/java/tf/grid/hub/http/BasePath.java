package tf.grid.hub.http;

import java.net.URI;

/**
 * What precedes the paths of the hub in the URLs that users see: the path of {@code
 * hub.public-url}. It differs from the context path of the application behind a proxy that adds or
 * removes a prefix. Code handles paths of the hub, such as {@code /search}; this is added where a
 * path is sent to a browser.
 *
 * @param value empty, or a path without a trailing slash
 */
public record BasePath(String value) {

  public static BasePath of(URI publicUrl) {
    return new BasePath(publicUrl.getRawPath());
  }

  /** Adds the base to a path of the hub; returns all other URLs unchanged. */
  public String url(String address) {
    return address.startsWith("/") ? value + address : address;
  }

  /** The path of cookies of the hub. */
  public String ofCookies() {
    return value.isEmpty() ? "/" : value;
  }
}
