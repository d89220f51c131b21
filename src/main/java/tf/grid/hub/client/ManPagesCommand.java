package tf.grid.hub.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tf.grid.hub.client.terminal.ManPage;

/** Writes the manual pages of all commands. */
@Command(
    name = "generate-man-pages",
    mixinStandardHelpOptions = true,
    description = "Writes manual pages of all commands to a directory.",
    footerHeading = "%nExample:%n",
    footer = {
      "  sudo hub-client generate-man-pages /usr/local/share/man/man1",
      "  man hub-client-push"
    })
final class ManPagesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIRECTORY", description = "is created if necessary")
  private Path directory;

  @Override
  public Integer call() throws IOException {
    Files.createDirectories(directory);
    CommandLine program = spec.root().commandLine();
    write(program);
    for (CommandLine command : program.getSubcommands().values()) {
      if (!command.getCommandSpec().usageMessage().hidden()) {
        write(command);
      }
    }
    return 0;
  }

  private void write(CommandLine command) throws IOException {
    ManPage page = new ManPage(command);
    Files.writeString(directory.resolve(page.name() + ".1"), page.text(), US_ASCII);
  }
}
