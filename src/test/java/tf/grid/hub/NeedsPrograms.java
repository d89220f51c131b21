package tf.grid.hub;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The programs that the tests of a class call. Where one is missing, the tests are skipped, unless
 * the environment variable {@code CI} is {@code true}: they fail then.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsPrograms.AreThere.class)
public @interface NeedsPrograms {
  /** Their names, as shells find them. */
  String[] value();

  /** Whether only root may use them as the tests do. */
  boolean root() default false;

  /** Skips what cannot run. */
  final class AreThere implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      List<String> missing =
          AnnotationSupport.findAnnotation(context.getTestClass(), NeedsPrograms.class)
              .map(AreThere::missing)
              .orElse(List.of());
      return missing.isEmpty() || Boolean.parseBoolean(System.getenv("CI"))
          ? ConditionEvaluationResult.enabled("nothing is missing, or CI is true")
          : ConditionEvaluationResult.disabled("needs " + String.join(", ", missing));
    }

    private static List<String> missing(NeedsPrograms needs) {
      Stream<String> programs =
          Arrays.stream(needs.value()).filter(program -> !isInstalled(program));
      boolean mayUse = !needs.root() || System.getProperty("user.name").equals("root");
      return Stream.concat(programs, mayUse ? Stream.of() : Stream.of("root")).toList();
    }

    private static boolean isInstalled(String program) {
      return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
          .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
  }
}
