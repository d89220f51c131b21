package tf.grid.hub.backup;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import tf.grid.hub.account.token.Tokens;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.limit.TryAgainLaterException;
import tf.grid.hub.store.PackSnapshot;
import tf.grid.hub.store.lease.ChunkUses;

/**
 * Copies catalogue, tokens, key and chunks into a new directory, which has the layout of a data
 * directory. Flists are copied before chunks, and chunks are stored before the flists that need
 * them, and none is deleted in between, so every flist in a snapshot is complete. Thread-safe; one
 * snapshot is made at a time.
 */
public final class Snapshots {

  private static final System.Logger LOG = System.getLogger(Snapshots.class.getName());
  private static final String PARTIAL = ".partial";
  private static final String COMPLETE = "????-??-??T??-??-??.???Z";
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final SnapshotSettings settings;
  private final Catalogue catalogue;
  private final Tokens tokens;
  private final Optional<PackSnapshot> packs;
  private final ChunkUses uses;
  private final Clock clock;
  private final ReentrantLock running = new ReentrantLock();

  /**
   * Creates an instance with its dependencies.
   *
   * @param packs empty if the store is not the hub's own
   */
  public Snapshots(
      SnapshotSettings settings,
      Catalogue catalogue,
      Tokens tokens,
      Optional<PackSnapshot> packs,
      ChunkUses uses,
      Clock clock) {
    this.settings = settings;
    this.catalogue = catalogue;
    this.tokens = tokens;
    this.packs = packs;
    this.uses = uses;
    this.clock = clock;
  }

  /**
   * Makes a snapshot, and deletes the oldest ones if there are too many.
   *
   * @throws TryAgainLaterException if another one is being made
   * @throws IOException if it is incomplete; it is deleted by the next attempt
   */
  public Report take() throws IOException {
    if (!running.tryLock()) {
      throw TryAgainLaterException.tooMany(
          Duration.ofSeconds(10), "a snapshot is being made: try again later");
    }
    try {
      Files.createDirectories(settings.directory());
      deletePartial();
      Report report = make();
      deleteOld();
      LOG.log(Level.INFO, "snapshot {0}: {1}", report.directory(), report.json());
      return report;
    } finally {
      running.unlock();
    }
  }

  /** When the newest complete snapshot was begun; empty if there is none. */
  public Optional<Instant> newest() throws IOException {
    if (Files.notExists(settings.directory())) {
      return Optional.empty();
    }
    List<Path> all = list(COMPLETE);
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(NAME.parse(all.get(all.size() - 1).getFileName().toString(), Instant::from));
  }

  private Report make() throws IOException {
    Instant begun = clock.instant();
    Path complete = settings.directory().resolve(NAME.format(begun));
    Path partial = settings.directory().resolve(NAME.format(begun) + PARTIAL);
    Files.createDirectory(
        partial,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    // A collection must not delete what the flists need before the packs are copied.
    CatalogueCopy copy = new CatalogueCopy(catalogue);
    int files = uses.copying(() -> copyContent(copy, partial));
    tokens.copyTo(partial.resolve("tokens.sqlite3"));
    Files.copy(
        settings.key(),
        partial.resolve(settings.key().getFileName()),
        StandardCopyOption.COPY_ATTRIBUTES);
    Report report =
        new Report(
            complete,
            copy.flists(),
            copy.links(),
            packs.isPresent(),
            files,
            Duration.between(begun, clock.instant()));
    Files.writeString(partial.resolve("snapshot.json"), report.json() + "\n");
    // A snapshot that has its name is whole, also after a power failure.
    var unused = SyncedTree.sync(partial);
    Files.move(partial, complete, StandardCopyOption.ATOMIC_MOVE);
    SyncedTree.syncOne(settings.directory());
    return report;
  }

  /** Returns the number of pack files. */
  private int copyContent(CatalogueCopy copy, Path partial) throws IOException {
    copy.copyTo(partial.resolve("public").resolve("users"));
    return packs.isPresent()
        ? packs.get().copyTo(Files.createDirectory(partial.resolve("store")))
        : 0;
  }

  private void deletePartial() throws IOException {
    for (Path directory : list("*" + PARTIAL)) {
      delete(directory);
    }
  }

  private void deleteOld() throws IOException {
    List<Path> all = list(COMPLETE);
    for (Path old : all.subList(0, Math.max(0, all.size() - settings.keep()))) {
      delete(old);
    }
  }

  /** Oldest first. */
  private List<Path> list(String pattern) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> directories =
        Files.newDirectoryStream(settings.directory(), pattern)) {
      directories.forEach(found::add);
    }
    Collections.sort(found);
    return found;
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            if (failure != null && !(failure instanceof NoSuchFileException)) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * Where snapshots are, and of what.
   *
   * @param directory contains a directory for each snapshot
   * @param keep how many complete ones are kept, at least 1
   * @param key the file with the key that signs tokens
   */
  public record SnapshotSettings(Path directory, int keep, Path key) {}

  /**
   * A complete snapshot.
   *
   * @param directory absolute path
   * @param flists number of flists
   * @param links number of links, including those in tags
   * @param chunks whether it contains the chunks
   * @param packs number of files with chunks
   * @param took duration
   */
  public record Report(
      Path directory, long flists, long links, boolean chunks, int packs, Duration took) {

    /** The representation for operators. */
    public JsonObject json() {
      return Json.createObjectBuilder()
          .add("directory", directory.toString())
          .add("flists", flists)
          .add("links", links)
          .add("chunks", chunks)
          .add("packs", packs)
          .add("millis", took.toMillis())
          .build();
    }
  }
}
