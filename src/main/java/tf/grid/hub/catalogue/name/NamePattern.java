package tf.grid.hub.catalogue.name;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A pattern for names, in which {@code *} stands for any characters, or none.
 *
 * @param text as it was configured
 * @param compiled matches whole names
 */
public record NamePattern(String text, Pattern compiled) {

  /** Compiles a pattern. */
  public static NamePattern of(String text) {
    return new NamePattern(
        text,
        Pattern.compile(
            Arrays.stream(text.split("\\*+", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")),
            Pattern.DOTALL));
  }

  /** Whether a whole name matches. */
  public boolean matches(String name) {
    return compiled.matcher(name).matches();
  }

  @Override
  public String toString() {
    return text;
  }
}
