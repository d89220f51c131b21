package tf.grid.hub.wiring.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tf.grid.hub.wiring.property.ConfigurationFile;

class KnownPropertiesTest {

  private static final Path SAMPLE = Path.of("config", "hub.properties");
  private static final Path DOCUMENTATION = Path.of("docs", "configuration.md");

  /** Cannot be set in the file, because they say where the file is and where the server listens. */
  private static final Set<String> NOT_IN_THE_FILE =
      Set.of("hub.config-file", "hub.http.host", "hub.http.port");

  private final KnownProperties known = KnownProperties.ofHub();

  @Test
  void the_sample_has_the_properties_that_are_read_and_sets_none() throws IOException {
    assertThat(new ConfigurationFile(SAMPLE, true).read()).isEmpty();
    assertThat(namesIn(SAMPLE, "#(hub\\.[a-z0-9.-]+)=.*"))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            hubNames().stream().filter(name -> !NOT_IN_THE_FILE.contains(name)).toList());
  }

  @Test
  void the_documentation_has_the_properties_that_are_read() throws IOException {
    assertThat(namesIn(DOCUMENTATION, "\\| `(hub\\.[a-z0-9.-]+)` \\|.*"))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(hubNames());
  }

  @Test
  void warns_of_properties_and_variables_that_are_not_read() {
    assertThat(
            known.warnings(
                Set.of("hub.stor", "hub.store", "other.stor", "hub.whatever"),
                Set.of("HUB_DATADIR", "HUB_DATA_DIR", "HOME")))
        .isEqualTo(
            List.of(
                "HUB_DATADIR is ignored: unknown property, did you mean hub.data-dir?",
                "hub.stor is ignored: unknown property, did you mean hub.store?",
                "hub.whatever is ignored: unknown property"));
  }

  @Test
  void accepts_a_variable_that_the_server_lists_as_a_property_too() {
    Set<String> properties =
        Set.of("hub.data.dir", "hub.work.dir", "hub.limits.uploads-per-account");

    assertThat(known.warnings(properties, Set.of("HUB_DATA_DIR", "HUB_LIMITS_JOBS_PER_ACCOUNT")))
        .containsExactly("hub.work.dir is ignored: unknown property, did you mean hub.work-dir?");
  }

  @Test
  void accepts_the_property_that_the_server_adds() {
    assertThat(known.warnings(Set.of("hub.sameSite"), Set.of())).isEmpty();
  }

  @Test
  void accepts_a_variable_that_names_the_file_with_a_value() {
    assertThat(
            known.warnings(
                Set.of("hub.store.password.file"),
                Set.of("HUB_STORE_PASSWORD_FILE", "HUB_IMAGE_CA_FILE", "HUB_STOR_FILE")))
        .containsExactly("HUB_STOR_FILE is ignored: unknown property");
  }

  /** Without the standard's {@code mp.jwt} names and the server's own. */
  private List<String> hubNames() {
    return known.names().stream().filter(name -> name.startsWith("hub.")).toList();
  }

  private static List<String> namesIn(Path file, String line) throws IOException {
    return Pattern.compile("^" + line + "$", Pattern.MULTILINE)
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult result) -> result.group(1))
        .toList();
  }
}
