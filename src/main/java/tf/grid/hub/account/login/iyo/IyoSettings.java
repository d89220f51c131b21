package tf.grid.hub.account.login.iyo;

import java.net.URI;

/**
 * How this hub is known to itsyou.online.
 *
 * @param site its address, without a slash at the end
 * @param clientId the organisation that the hub is
 * @param clientSecret the hub's password there
 * @param callback where browsers come back to, as registered there
 */
public record IyoSettings(URI site, String clientId, String clientSecret, URI callback) {

  @Override
  public String toString() {
    return "itsyou.online at " + site;
  }
}
