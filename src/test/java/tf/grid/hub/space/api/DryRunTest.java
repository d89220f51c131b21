package tf.grid.hub.space.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MultivaluedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DryRunTest {

  private static Optional<Boolean> read(String name, String value) {
    return DryRun.of(new MultivaluedHashMap<>(Map.of(name, value)));
  }

  @Test
  void without_parameters_it_is_done() {
    assertThat(DryRun.of(new MultivaluedHashMap<>())).hasValue(false);
  }

  @ParameterizedTest
  @CsvSource({"'', true", "true, true", "True, true", "false, false"})
  void a_value_is_not_necessary(String value, boolean dryRun) {
    assertThat(read("dry-run", value)).hasValue(dryRun);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dryrun", "DRY-RUN", "dry_run", "dry-run "})
  void a_mistyped_name_is_rejected(String name) {
    assertThat(read(name, "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no", "0", "flase"})
  void an_unknown_value_is_rejected(String value) {
    assertThat(read("dry-run", value)).isEmpty();
  }

  @Test
  void two_values_and_other_parameters_are_rejected() {
    MultivaluedHashMap<String, String> parameters = new MultivaluedHashMap<>();
    parameters.add("dry-run", "true");
    parameters.add("dry-run", "false");
    assertThat(DryRun.of(parameters)).isEmpty();
    parameters.putSingle("dry-run", "true");
    parameters.add("force", "");
    assertThat(DryRun.of(parameters)).isEmpty();
  }
}
