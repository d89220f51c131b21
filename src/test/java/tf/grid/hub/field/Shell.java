package tf.grid.hub.field;

import java.io.IOException;
import java.nio.file.Path;

/** Runs shell commands in a directory, in UTF-8. */
final class Shell {
  private final Path directory;

  Shell(Path directory) {
    this.directory = directory;
  }

  /** Runs a command that may fail, as writers do whose format cannot hold an entry. */
  void run(String command) throws IOException, InterruptedException {
    output(command + "; true");
  }

  /** The output of a command that must succeed. */
  byte[] output(String command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", command)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    process.getOutputStream().close();
    byte[] output = process.getInputStream().readAllBytes();
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException("status " + status + " of " + command);
    }
    return output;
  }
}
