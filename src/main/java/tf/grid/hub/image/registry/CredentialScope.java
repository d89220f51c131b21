package tf.grid.hub.image.registry;

import java.util.function.Predicate;
import tf.grid.hub.image.PullException.RegistryAccessDeniedException;
import tf.grid.hub.image.http.Origin;

/**
 * The hosts to which credentials for a registry may be sent: the registry itself, hosts in its
 * domain (usually its token server), and hosts that the operator trusts. Thread-safe.
 *
 * @param registry the registry that the credentials are for
 * @param trusted tells which hosts the operator trusts
 */
record CredentialScope(Origin registry, Predicate<Origin> trusted) {

  private static final int LABELS_WITH_DOMAIN = 3;

  /**
   * Rejects hosts outside the credential scope.
   *
   * @throws RegistryAccessDeniedException if the credentials must not be sent to this host
   */
  void refuseOther(Origin place) throws RegistryAccessDeniedException {
    String host = place.host();
    boolean own = host.equals(registry.host()) || host.equals(domain());
    if (!own && !host.endsWith("." + domain()) && !trusted.test(place)) {
      throw new RegistryAccessDeniedException(
          registry
              + " wants its credentials to be told to "
              + place
              + ", which this hub does only for hosts of the same domain and for those that its"
              + " operator names in hub.image.insecure-registries");
    }
  }

  /** {@code gitlab.com} for {@code registry.gitlab.com}; addresses have no domain. */
  private String domain() {
    String host = registry.host();
    boolean name = host.indexOf(':') < 0 && !host.matches("[0-9.]+");
    return name && host.split("\\.", -1).length >= LABELS_WITH_DOMAIN
        ? host.substring(host.indexOf('.') + 1)
        : host;
  }
}
