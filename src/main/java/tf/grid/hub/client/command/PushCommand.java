package tf.grid.hub.client.command;

import jakarta.json.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tf.grid.hub.build.ArchiveException;
import tf.grid.hub.client.push.LocalPush;
import tf.grid.hub.client.remote.HubHttp;
import tf.grid.hub.client.terminal.ByteCount;
import tf.grid.hub.client.terminal.ProgressLine;
import tf.grid.hub.problem.PrintableText;

/** Pushes a directory or an archive. */
@Command(
    name = "push",
    mixinStandardHelpOptions = true,
    description = {
      "Publishes a directory or an archive as a flist.",
      "The flist is made here; only chunks that the hub does not have are sent. After an"
          + " interruption, run the same command again: it sends the rest. Files of a directory"
          + " that have not changed since the last push are not read."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  hub-client push ./rootfs my-system",
      "  hub-client push --exclude .git --exclude 'build/*' . my-source",
      "  hub-client push debian.tar.zst debian",
      "  tar c etc | hub-client push - my-etc",
      "  hub-client push --entrypoint /bin/server --entrypoint --verbose ./app my-app"
    })
final class PushCommand extends HubCommand {
  @Parameters(
      index = "0",
      paramLabel = "SOURCE",
      description = "a directory, an archive (tar, plain or compressed), or - for standard input")
  private String source;

  @Parameters(index = "1", paramLabel = "NAME", description = "the name of the flist")
  private String name;

  @Option(
      names = "--exclude",
      paramLabel = "PATTERN",
      description = {
        "leave out files of a directory that match, with what is below them: * matches within a"
            + " name, ** any path. Without a slash, the pattern is compared with names, otherwise"
            + " with paths from the directory. May be repeated."
      })
  private List<String> excludes = new ArrayList<>();

  @Option(
      names = "--metadata",
      paramLabel = "KEY=VALUE",
      description = "metadata of the flist; may be repeated")
  private Map<String, String> metadata = new LinkedHashMap<>();

  @Option(
      names = "--entrypoint",
      paramLabel = "WORD",
      description = "the program that the flist starts; repeat it for each argument")
  private List<String> entrypoint = new ArrayList<>();

  @Option(
      names = "--reproducible",
      description = "let all entries of a directory belong to root, with the time 0")
  private boolean reproducible;

  @Option(names = "--json", description = "print the result as JSON")
  private boolean json;

  @Override
  public Integer call() throws IOException, ArchiveException {
    HubHttp http = http();
    String plain =
        name.endsWith(".flist") ? name.substring(0, name.length() - ".flist".length()) : name;
    Map<String, String> values = new LinkedHashMap<>(metadata);
    if (!entrypoint.isEmpty()) {
      values.put("entrypoint", Json.createArrayBuilder(entrypoint).build().toString());
    }
    try (ProgressLine progress = progress("pushing");
        LocalPush push = new LocalPush(http, cache().resolve("files"), progress, progress::note)) {
      LocalPush.Published answer = send(push, plain, values);
      progress.erase();
      report(answer, push, progress);
    }
    return 0;
  }

  private LocalPush.Published send(LocalPush push, String plain, Map<String, String> values)
      throws IOException, ArchiveException {
    Path path = Path.of(source);
    if (source.equals("-")) {
      return push.archive(new BufferedInputStream(System.in, 1 << 16), plain, values);
    } else if (Files.isDirectory(path)) {
      return push.directory(path, excluded(), reproducible, plain, values);
    }
    try (InputStream archive = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      return push.archive(archive, plain, values);
    }
  }

  private Predicate<String> excluded() {
    List<Predicate<Path>> patterns = new ArrayList<>();
    for (String pattern : excludes) {
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
      patterns.add(
          pattern.indexOf('/') >= 0
              ? matcher::matches
              : path -> matcher.matches(path.getFileName()));
    }
    return text -> {
      if (patterns.isEmpty() || text.indexOf('\0') >= 0) {
        return false;
      }
      Path path = Path.of(text);
      return patterns.stream().anyMatch(pattern -> pattern.test(path));
    };
  }

  private void report(LocalPush.Published answer, LocalPush push, ProgressLine progress) {
    answer.warnings().forEach(text -> err().println("note: " + PrintableText.of(text)));
    if (json) {
      out()
          .println(
              Json.createObjectBuilder()
                  .add("name", answer.name())
                  .add("files", progress.files())
                  .add("bytes", progress.bytes())
                  .add("sentChunks", push.sent().sentChunks())
                  .add("sentBytes", push.sent().sentBytes())
                  .build());
      return;
    }
    out()
        .printf(
            "Pushed %s: %d files, %s; sent %d chunks, %s%n",
            PrintableText.of(answer.name()),
            progress.files(),
            ByteCount.of(progress.bytes()),
            push.sent().sentChunks(),
            ByteCount.of(push.sent().sentBytes()));
  }
}
