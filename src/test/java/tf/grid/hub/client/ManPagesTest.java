package tf.grid.hub.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import tf.grid.hub.NeedsPrograms;

/** The manual pages, as groff prints them. */
@NeedsPrograms("groff")
class ManPagesTest {
  @TempDir Path directory;

  @BeforeEach
  void generate() {
    assertThat(HubClient.commandLine().execute("generate-man-pages", directory.toString()))
        .isZero();
  }

  @Test
  void every_command_has_a_page_that_groff_accepts() throws Exception {
    List<String> commands =
        HubClient.commandLine().getSubcommands().values().stream()
            .map(CommandLine::getCommandSpec)
            .filter(command -> !command.usageMessage().hidden())
            .map(CommandSpec::name)
            .toList();
    try (Stream<Path> pages = Files.list(directory)) {
      assertThat(pages).hasSize(commands.size() + 1);
    }
    for (String command : commands) {
      assertThat(printed("hub-client-" + command + ".1"))
          .contains("NAME\n       hub-client-" + command + " - ")
          .contains("SYNOPSIS", "DESCRIPTION", "EXIT STATUS", "HUB_TOKEN");
    }
  }

  @Test
  void a_page_says_what_the_help_says() throws Exception {
    String page = printed("hub-client-push.1");
    assertThat(page)
        .contains("--exclude=PATTERN")
        .contains("hub-client push --exclude .git --exclude 'build/*' . my-source");
    CommandLine push = HubClient.commandLine().getSubcommands().get("push");
    for (OptionSpec option : push.getCommandSpec().options()) {
      assertThat(page).contains(option.names());
    }
    assertThat(printed("hub-client.1")).contains("hub-client-push(1)");
  }

  private String printed(String page) throws IOException {
    Process groff =
        new ProcessBuilder(
                "groff", "-man", "-ww", "-Tutf8", "-P-cbou", directory.resolve(page).toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(groff.getInputStream().readAllBytes(), UTF_8);
    assertThat(printed).doesNotContain("warning", "error:");
    return printed;
  }
}
