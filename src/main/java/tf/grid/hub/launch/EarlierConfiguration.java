package tf.grid.hub.launch;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tf.grid.hub.launch.PythonAssignments.Assignment;

/**
 * The settings in the {@code config.py} of the earlier hub, as properties of this one. Nothing in
 * the file is executed. Immutable.
 *
 * @param properties in the order of the file
 * @param report one line for each setting in the file, without secret values
 */
record EarlierConfiguration(Map<String, String> properties, List<String> report) {

  /** Settings that have an equivalent with the same meaning and format. */
  private static final Map<String, String> SAME =
      Map.ofEntries(
          Map.entry("backend-internal-host", "hub.store.host"),
          Map.entry("backend-internal-port", "hub.store.port"),
          Map.entry("backend-internal-pass", "hub.store.password"),
          Map.entry("backend-internal-name", "hub.store.namespace"),
          Map.entry("backend-public-host", "hub.backend.host"),
          Map.entry("backend-public-port", "hub.backend.port"),
          Map.entry("backend-public-name", "hub.backend.namespace"),
          Map.entry("public-website", "hub.public-url"),
          Map.entry("listen-addr", "hub.http.host"),
          Map.entry("listen-port", "hub.http.port"),
          Map.entry("official-repositories", "hub.official-repositories"),
          Map.entry("userdata-root-path", "hub.public-dir"),
          Map.entry("workdir-root-path", "hub.work-dir"),
          Map.entry("authentication", "hub.auth.enabled"),
          Map.entry("iyo-clientid", "hub.auth.iyo.client-id"),
          Map.entry("iyo-secret", "hub.auth.iyo.client-secret"),
          Map.entry("iyo-callback", "hub.auth.iyo.callback"),
          Map.entry("threebot-privatekey", "hub.auth.threebot.private-key"),
          Map.entry("threebot-appid", "hub.auth.threebot.app-id"),
          Map.entry("threebot-seed", "hub.auth.threebot.seed"),
          Map.entry("guest-token", "hub.auth.guest-token"),
          Map.entry("readonly", "hub.read-only"));

  private static final Map<String, String> WITHOUT_EFFECT =
      Map.of(
          "ignored-files", "only flists are listed",
          "zflist-bin", "the hub creates flists itself",
          "debug", "the hub has no debug mode");

  private static final Set<String> SECRETS =
      Set.of(
          "hub.store.password",
          "hub.auth.iyo.client-secret",
          "hub.auth.threebot.private-key",
          "hub.auth.threebot.seed",
          "hub.auth.guest-token");

  private static final String STORE = "hub.store";
  private static final String STORE_HOST = "hub.store.host";
  private static final Pattern TO_ESCAPE = Pattern.compile("([\\\\#!=:])");

  EarlierConfiguration {
    report = List.copyOf(report);
  }

  /**
   * Translates a file.
   *
   * @throws IOException if it cannot be read; the message is one line
   */
  static EarlierConfiguration read(Path file) throws IOException {
    try {
      return of(Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is not text in UTF-8");
    } catch (IOException e) {
      throw new IOException("cannot read " + file + ": " + e);
    }
  }

  /** Translates the text of a file. */
  static EarlierConfiguration of(String text) {
    Map<String, String> properties = new LinkedHashMap<>();
    List<String> report = new ArrayList<>();
    for (Assignment one : PythonAssignments.in(text)) {
      report.add("line " + one.line() + ": " + translate(one, properties));
    }
    if (properties.containsKey(STORE_HOST)) {
      properties.put(STORE, "zdb");
      report.add(STORE + "=zdb, since a 0-db is configured");
    }
    return new EarlierConfiguration(properties, report);
  }

  private static String translate(Assignment one, Map<String, String> properties) {
    if (!one.isLiteral()) {
      return "ignored, not the assignment of a literal: " + one.name();
    }
    String name = one.name().replace('_', '-');
    if (WITHOUT_EFFECT.containsKey(name)) {
      return one.name() + " is not needed: " + WITHOUT_EFFECT.get(name);
    }
    String property = SAME.get(name);
    if (property == null) {
      return "ignored, unknown setting: " + one.name();
    }
    String value = text(one.value());
    if (value.isBlank()) {
      return one.name() + " is empty: the default applies";
    }
    properties.put(property, value);
    return one.name() + " is " + property + "=" + (SECRETS.contains(property) ? "(secret)" : value);
  }

  private static String text(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof byte[] bytes) {
      return bytes.length == 0 ? "" : Base64.getEncoder().encodeToString(bytes);
    }
    if (value instanceof List<?> items) {
      return items.stream().map(EarlierConfiguration::text).collect(Collectors.joining(","));
    }
    return value.toString();
  }

  /** The properties as lines of a properties file. */
  List<String> lines() {
    return properties.entrySet().stream()
        .map(one -> one.getKey() + "=" + escaped(one.getValue()))
        .toList();
  }

  private static String escaped(String value) {
    String escaped = TO_ESCAPE.matcher(value).replaceAll("\\\\$1");
    return escaped.replace("\n", "\\n").replace("\r", "\\r").replaceFirst("^ ", "\\\\ ");
  }
}
