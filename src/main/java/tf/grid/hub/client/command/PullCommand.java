package tf.grid.hub.client.command;

import jakarta.json.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tf.grid.hub.client.pull.Restore;
import tf.grid.hub.client.remote.HubStore;
import tf.grid.hub.client.terminal.ByteCount;
import tf.grid.hub.client.terminal.ProgressLine;
import tf.grid.hub.export.ArchiveFormat;
import tf.grid.hub.export.FlistTar;
import tf.grid.hub.flist.Counts;
import tf.grid.hub.flist.file.FlistReader;

/** Restores a flist. */
@Command(
    name = "pull",
    mixinStandardHelpOptions = true,
    description = {
      "Restores a flist in a directory, or as an archive.",
      "Every chunk is verified. Nothing is written outside of the directory, whatever the flist"
          + " contains. Root also restores owners and devices."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  hub-client pull alice/my-system ./copy",
      "  hub-client pull -o my-system.tar.zst alice/my-system",
      "  hub-client pull -o - alice/my-system | tar tvzf -"
    })
public final class PullCommand extends HubCommand {
  @Parameters(index = "0", paramLabel = "FLIST", description = "repository/name, or a local file")
  private String flist;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DIRECTORY",
      description = "the directory, which is created if necessary and must be empty")
  private Path directory;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "write an archive instead: .tar.gz, .tar or .tar.zst, or - for .tar.gz")
  private String archive;

  @Option(names = "--overwrite", description = "replace existing files in the directory")
  private boolean overwriting;

  @Option(names = "--no-owners", description = "do not restore owners and devices, even as root")
  private boolean noOwners;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws IOException {
    if ((directory == null) == (archive == null)) {
      throw usage("where to? Name either a directory, or an archive with -o");
    }
    ExecutorService threads = readers();
    try (FlistReader reader = flist(flist);
        HubStore store = new HubStore(http())) {
      if (archive == null) {
        restore(reader, store, threads);
      } else {
        write(reader, store, threads);
      }
    } finally {
      threads.shutdownNow();
    }
    return 0;
  }

  private void restore(FlistReader reader, HubStore store, ExecutorService threads)
      throws IOException {
    boolean owners = !noOwners && "root".equals(System.getProperty("user.name"));
    Counts counts = reader.counts();
    try (ProgressLine progress = progress("pulling")) {
      progress.expect(counts.fullsize());
      new Restore(new Restore.Options(directory, owners, overwriting), progress, progress::note)
          .run(reader, store, threads);
      progress.erase();
      if (json.on()) {
        out()
            .println(
                Json.createObjectBuilder()
                    .add("directory", directory.toString())
                    .add("files", progress.files())
                    .add("bytes", progress.bytes())
                    .build());
        return;
      }
      out()
          .printf(
              "Pulled %s to %s: %d files, %s%n",
              flist, directory, progress.files(), ByteCount.of(progress.bytes()));
    }
  }

  private void write(FlistReader reader, HubStore store, ExecutorService threads)
      throws IOException {
    FlistTar tar = new FlistTar(reader, Map.of());
    if (archive.equals("-")) {
      if (json.on()) {
        throw usage("--json and -o - would both write to standard output");
      }
      try (OutputStream out = new BufferedOutputStream(bytes(), 1 << 16)) {
        ArchiveFormat.TAR_GZ.write(out, plain -> tar.writeTo(plain, store, threads));
      }
      return;
    }
    ArchiveFormat format =
        ArchiveFormat.ofName(archive)
            .orElseThrow(() -> usage("an archive is called *.tar.gz, *.tar or *.tar.zst"));
    Path file = Path.of(archive).toAbsolutePath();
    Path fresh = Files.createTempFile(file.getParent(), ".hub-pull-", "");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(fresh), 1 << 16)) {
        format.write(out, plain -> tar.writeTo(plain, store, threads));
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
    out()
        .println(
            json.on()
                ? Json.createObjectBuilder()
                    .add("archive", archive)
                    .add("bytes", Files.size(file))
                    .build()
                : "Pulled " + flist + " to " + archive);
  }
}
