package tf.grid.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Kills processes at any moment of their work, as {@code kill -9} or a power cut would: a random
 * time after the work has begun.
 */
public final class KillHarness {
  private KillHarness() {}

  /**
   * How often to kill: the usual number of a test, or that of the system property {@code kills}.
   */
  public static int rounds(int usual) {
    return Integer.getInteger("kills", usual);
  }

  /**
   * Waits until the work has begun and for a random time after that, and kills.
   *
   * @param mostMillis the longest time between the two
   */
  public static <E extends Exception> void kill(
      String work, Await.Condition<E> begun, int mostMillis, Runnable kill)
      throws E, InterruptedException {
    Await.until(work, begun);
    TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(mostMillis + 1));
    kill.run();
  }

  /**
   * Runs the main method of a class in a process of its own, and kills that while it works. Fails
   * if the process ends by itself.
   *
   * @param directory for the file that takes the output
   * @param begun whether the work has begun, by what the process has printed so far
   * @param mostMillis the longest time until it is killed then
   * @return all that the process printed
   */
  public static String runAndKill(
      Class<?> program,
      Path directory,
      Predicate<String> begun,
      int mostMillis,
      Object... arguments)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(directory, program.getSimpleName(), "");
    Process process = start(program, output, arguments);
    try {
      kill(
          program.getSimpleName() + " begins to work",
          () -> !process.isAlive() || begun.test(read(output)),
          mostMillis,
          () -> assertThat(process.isAlive()).as(program.getSimpleName() + " runs").isTrue());
    } finally {
      process.destroyForcibly().waitFor();
    }
    return read(output);
  }

  private static Process start(Class<?> program, Path output, Object... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ProcessBuilder(command)
        .redirectOutput(output.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String read(Path output) throws IOException {
    return Files.readString(output, StandardCharsets.US_ASCII);
  }
}
