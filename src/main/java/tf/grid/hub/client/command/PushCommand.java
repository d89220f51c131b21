package tf.grid.hub.client.command;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.client.push.LocalPush;
import tf.grid.hub.client.push.PublishedFlist;

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
public final class PushCommand extends HubCommand {
  private static final int BUFFER = 1 << 16;

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
      names = "--reproducible",
      description = "let all entries of a directory belong to root, with the time 0")
  private boolean reproducible;

  @Mixin private PushOptions options;

  @Override
  public Integer call() throws IOException, ArchiveException {
    options.run(
        http(),
        progress("pushing"),
        (target, metadata, progress) ->
            send(
                new LocalPush(target, cache().resolve("files"), progress, progress::note),
                metadata));
    return 0;
  }

  private PublishedFlist send(LocalPush push, Map<String, String> metadata)
      throws IOException, ArchiveException {
    Path path = Path.of(source);
    if (!source.equals("-") && Files.isDirectory(path)) {
      return push.directory(new LocalPush.Source(path, excluded(), reproducible), name, metadata);
    } else if (reproducible || !excludes.isEmpty()) {
      throw usage("--exclude and --reproducible need a directory");
    }
    try (InputStream archive = source.equals("-") ? System.in : Files.newInputStream(path)) {
      return push.archive(new BufferedInputStream(archive, BUFFER), name, metadata);
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
}
