package tf.grid.hub.client.push;

import jakarta.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tf.grid.hub.build.BuiltTree;
import tf.grid.hub.build.FlistBuilder;
import tf.grid.hub.build.chunking.ChunkUpload;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.chunk.kernel.Blake2b;
import tf.grid.hub.flist.file.FlistWriter;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.progress.Progress;

/** Pushes directories and archives as flists. For one thread. */
public final class LocalPush {
  private static final int NAME_BYTES = 16;

  private final PushTarget target;
  private final Path cache;
  private final Progress progress;
  private final Consumer<String> notes;

  /**
   * Prepares a push.
   *
   * @param cache directory for what is remembered of local files
   * @param progress receives the progress
   * @param notes receives what was left out or is unusual, as printable text
   */
  public LocalPush(PushTarget target, Path cache, Progress progress, Consumer<String> notes) {
    this.target = target;
    this.cache = cache;
    this.progress = progress;
    this.notes = notes;
  }

  /**
   * What is pushed of a directory.
   *
   * @param root the directory
   * @param excluded tells by relative path what to leave out
   * @param reproducible whether all entries belong to root and have the time 0
   */
  public record Source(Path root, Predicate<String> excluded, boolean reproducible) {}

  /** Pushes a directory. */
  public PublishedFlist directory(Source source, String name, Map<String, String> metadata)
      throws IOException {
    try {
      return directory(source, name, metadata, true);
    } catch (LocalFiles.ForgottenChunksException e) {
      progress.restarts();
      return directory(source, name, metadata, false);
    }
  }

  private PublishedFlist directory(
      Source source, String name, Map<String, String> metadata, boolean remembering)
      throws IOException {
    try (ChunkUpload upload = target.pipeline().open(Progress.NONE);
        FileMemory memory = new FileMemory(memoryOf(source.root()), remembering);
        FlistWriter writer = target.writer()) {
      LocalFiles contents = new LocalFiles(upload, target.store(), progress, now());
      LocalTree tree = new LocalTree(source, upload, contents, memory, writer, notes);
      tree.read();
      readme(writer, tree.readme());
      return target.publish(writer, name, metadata);
    }
  }

  /** The time in nanoseconds by the clock of the file system, which may be another machine's. */
  private long now() throws IOException {
    return FileClock.now(cache).to(TimeUnit.NANOSECONDS);
  }

  private Path memoryOf(Path directory) throws IOException {
    byte[] path = FileNames.bytes(directory.toRealPath()).bytes();
    byte[] digest = Blake2b.digest(NAME_BYTES, path, 0, path.length);
    return cache.resolve(HexFormat.of().formatHex(digest) + ".files");
  }

  /**
   * Pushes an archive.
   *
   * @param archive tar, plain or compressed; not closed
   * @throws ArchiveException if the archive is damaged or unsafe
   */
  public PublishedFlist archive(InputStream archive, String name, Map<String, String> metadata)
      throws IOException, ArchiveException {
    FlistBuilder builder =
        new FlistBuilder(
            target.pipeline(), PushTarget.memory(), ArchiveLimits.DEFAULT, Ticker.SYSTEM);
    try (BuiltTree tree = builder.build("", archive, progress);
        FlistWriter writer = target.writer()) {
      tree.warnings().forEach(notes);
      readme(writer, tree.readme());
      tree.directories(writer::directory);
      return target.publish(writer, name, metadata);
    }
  }

  private static void readme(FlistWriter writer, Optional<String> text) {
    text.ifPresent(
        found ->
            writer.metadata(
                "readme", Json.createObjectBuilder().add("readme", found).build().toString()));
  }
}
