package tf.grid.hub.it.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The built {@code hub-client.jar} as a user with this home directory runs it. */
record ClientProgram(Path home, Map<String, String> environment) {
  static final Path JAR = Path.of("target", "hub-client.jar").toAbsolutePath();

  /** What a run has printed, and its exit code. */
  record Run(int code, String out, String err) {

    /** The only object that a successful run has printed. */
    JsonObject json() {
      assertThat(code).as(err).isZero();
      return Json.createReader(new StringReader(out)).readObject();
    }

    /** The objects that a run has printed, one per line. */
    List<JsonObject> jsonLines() {
      return out.lines()
          .map(line -> Json.createReader(new StringReader(line)).readObject())
          .toList();
    }
  }

  /** Runs without input. */
  Run run(String... arguments) throws Exception {
    return reading(Path.of("/dev/null"), arguments);
  }

  /** Runs with a file as standard input. */
  Run reading(Path input, String... arguments) throws Exception {
    Path errors = Files.createTempFile(home, "errors", "");
    ProcessBuilder builder =
        command(arguments).redirectInput(input.toFile()).redirectError(errors.toFile());
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Run(process.waitFor(), out, Files.readString(errors));
  }

  private ProcessBuilder command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar"));
    command.add(JAR.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("HUB_"));
    builder.environment().put("XDG_CONFIG_HOME", home.resolve("config").toString());
    builder.environment().put("XDG_CACHE_HOME", home.resolve("cache").toString());
    builder.environment().putAll(environment);
    return builder;
  }
}
