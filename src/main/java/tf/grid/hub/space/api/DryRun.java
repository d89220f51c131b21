package tf.grid.hub.space.api;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads whether to delete. A mistyped parameter must not start something that deletes. */
final class DryRun {
  static final String EXPECTED =
      "the only parameter is dry-run, without a value or with true or false";

  private static final String NAME = "dry-run";
  private static final Map<String, Boolean> VALUES = Map.of("", true, "true", true, "false", false);

  private DryRun() {}

  /** Whether only to report; empty if the parameters say something else. */
  static Optional<Boolean> of(Map<String, List<String>> parameters) {
    if (parameters.isEmpty()) {
      return Optional.of(false);
    }
    List<String> values = parameters.getOrDefault(NAME, List.of());
    return parameters.keySet().equals(Set.of(NAME)) && values.size() == 1
        ? Optional.ofNullable(VALUES.get(values.get(0).toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }
}
