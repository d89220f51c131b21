package tf.grid.hub.wiring.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Tells properties that have an effect from those that an operator believes to. Stateless. */
final class KnownProperties {

  private static final String PREFIX = "hub.";
  private static final int LIKELY_SLIPS = 3;

  private static final Set<String> WORKING =
      Set.of(
          "hub.config-file",
          "hub.data-dir",
          "hub.public-dir",
          "hub.public-links",
          "hub.work-dir",
          "hub.store-dir",
          "hub.public-url",
          "hub.official-repositories",
          "hub.read-only",
          "hub.http.host",
          "hub.http.port",
          "hub.http.behind-proxy",
          "hub.audit.file-bytes",
          "hub.audit.old-files",
          "hub.auth.enabled",
          "hub.auth.guest-token",
          "hub.auth.dev-login",
          "hub.auth.users-map",
          "hub.auth.token.ttl",
          "hub.auth.session.idle",
          "hub.auth.session.life",
          "hub.auth.threebot.private-key",
          "hub.auth.threebot.app-id",
          "hub.auth.threebot.login-url",
          "hub.auth.threebot.email",
          "hub.auth.oidc.issuer",
          "hub.auth.oidc.client-id",
          "hub.auth.oidc.client-secret",
          "hub.auth.oidc.scope",
          "hub.auth.oidc.name-claim",
          "hub.auth.oidc.groups-claim",
          "hub.auth.jwt.issuer",
          "hub.auth.jwt.public-key",
          "hub.auth.jwt.audience",
          "hub.auth.threebot.seed",
          "hub.auth.threebot.legacy-token-max-age",
          "hub.auth.iyo.client-id",
          "hub.auth.iyo.client-secret",
          "hub.auth.iyo.callback",
          "hub.auth.iyo.url",
          "hub.auth.iyo.public-key",
          "hub.store",
          "hub.store.host",
          "hub.store.port",
          "hub.store.namespace",
          "hub.store.password",
          "hub.gateway.enabled",
          "hub.gateway.host",
          "hub.gateway.port",
          "hub.backend.host",
          "hub.backend.port",
          "hub.backend.namespace",
          "hub.docker.host",
          "hub.image.source",
          "hub.image.insecure-registries",
          "hub.image.allow-private-addresses",
          "hub.image.ca-file",
          "hub.limits.upload-bytes",
          "hub.limits.entries",
          "hub.limits.unpacked-bytes",
          "hub.limits.ratio",
          "hub.limits.concurrent-uploads",
          "hub.upload-flist.opened-chunks",
          "hub.upload-flist.opened-percent",
          "hub.limits.jobs");

  /** Names that are fixed already, for parts that this version does not have. */
  private static final List<String> RESERVED = List.of("hub.gc.");

  private KnownProperties() {}

  /** The properties that have an effect. */
  static Set<String> working() {
    return WORKING;
  }

  /**
   * One line for each property that will be ignored, sorted.
   *
   * @param names of properties, of whatever program
   * @param environment names of environment variables
   */
  static List<String> warnings(Collection<String> names, Collection<String> environment) {
    Stream<String> properties =
        names.stream()
            .filter(name -> name.startsWith(PREFIX) && !WORKING.contains(name))
            .map(name -> warning(name, name));
    Stream<String> variables =
        environment.stream()
            .filter(name -> name.startsWith("HUB_") && !isWorkingVariable(name))
            .map(name -> warning(name, propertyOf(name)));
    return Stream.concat(properties, variables).distinct().sorted().toList();
  }

  private static String warning(String given, String property) {
    if (RESERVED.stream().anyMatch(property::startsWith)) {
      return given + " is ignored: this version of the hub does not have that part yet";
    }
    return given
        + " is ignored: there is no such property"
        + nearest(property).map(near -> ", did you mean " + near + "?").orElse("");
  }

  private static boolean isWorkingVariable(String name) {
    return WORKING.stream().anyMatch(property -> variableOf(property).equals(name));
  }

  private static String variableOf(String property) {
    return property.replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  /** What a variable most likely stands for; it cannot say where dashes were. */
  private static String propertyOf(String variable) {
    return variable.toLowerCase(Locale.ROOT).replace('_', '.');
  }

  private static Optional<String> nearest(String property) {
    return WORKING.stream()
        .filter(known -> distance(known, property) <= LIKELY_SLIPS)
        .min(
            Comparator.comparingInt((String known) -> distance(known, property))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Characters to insert, remove or replace to get from one text to the other (Levenshtein). */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
