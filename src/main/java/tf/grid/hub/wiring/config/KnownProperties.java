package tf.grid.hub.wiring.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tf.grid.hub.wiring.property.ConfigurationFile;
import tf.grid.hub.wiring.property.FileVariables;
import tf.grid.hub.wiring.property.Settings;

/**
 * The properties that the hub reads; others cause warnings.
 *
 * @param names names of all properties that are read
 */
record KnownProperties(Set<String> names) {

  private static final String PREFIX = "hub.";
  private static final String VARIABLE_PREFIX = "HUB_";

  /** Payara adds it for the session cookie if the application has the name {@code hub}. */
  private static final String OF_PAYARA = "hub.sameSite";

  private static final int MAX_TYPOS = 3;

  /**
   * Collects the names by reading an empty configuration. Therefore every property must be read
   * regardless of the values of others.
   */
  static KnownProperties ofHub() {
    Set<String> names = new HashSet<>(Set.of(ConfigurationFile.PROPERTY));
    HubConfiguration.from(
        new Settings(
            name -> {
              names.add(name);
              return Optional.empty();
            }),
        "");
    return new KnownProperties(Set.copyOf(names));
  }

  /**
   * Returns a line for each ignored property, sorted.
   *
   * @param properties names of all configured properties, including those of other programs. The
   *     server may list an environment variable again as a property with a dot for each underscore
   * @param environment names of environment variables
   */
  List<String> warnings(Collection<String> properties, Collection<String> environment) {
    Stream<String> ofProperties =
        properties.stream()
            .filter(name -> name.startsWith(PREFIX) && !names.contains(name))
            .filter(name -> !name.equals(OF_PAYARA))
            .filter(name -> !isFromKnownVariable(name, environment))
            .map(name -> warning(name, name));
    Stream<String> ofVariables =
        environment.stream()
            .filter(name -> name.startsWith(VARIABLE_PREFIX) && !isKnownVariable(name))
            .map(name -> warning(name, propertyOf(name)));
    return Stream.concat(ofProperties, ofVariables).distinct().sorted().toList();
  }

  private String warning(String given, String property) {
    return given
        + " is ignored: unknown property"
        + nearest(property).map(near -> ", did you mean " + near + "?").orElse("");
  }

  private boolean isFromKnownVariable(String name, Collection<String> environment) {
    String variable = variableOf(name);
    return environment.contains(variable) && isKnownVariable(variable);
  }

  private boolean isKnownVariable(String name) {
    String value =
        name.endsWith(FileVariables.SUFFIX)
            ? name.substring(0, name.length() - FileVariables.SUFFIX.length())
            : name;
    return names.stream()
        .map(KnownProperties::variableOf)
        .anyMatch(variable -> variable.equals(name) || variable.equals(value));
  }

  private static String variableOf(String property) {
    return property.replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  /** The likely property of a variable; an underscore can also stand for a dash. */
  private static String propertyOf(String variable) {
    return variable.toLowerCase(Locale.ROOT).replace('_', '.');
  }

  private Optional<String> nearest(String property) {
    return names.stream()
        .filter(known -> distance(known, property) <= MAX_TYPOS)
        .min(
            Comparator.comparingInt((String known) -> distance(known, property))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Levenshtein distance. */
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
