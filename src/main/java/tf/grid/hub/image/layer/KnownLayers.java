package tf.grid.hub.image.layer;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import tf.grid.hub.build.layer.Layer;
import tf.grid.hub.build.layer.LayerRecord;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.image.reference.Digest;

/**
 * A cache of layers by the digest of their uncompressed archive, one file each, so that no layer is
 * fetched and unpacked twice. Damaged entries and those with missing chunks are removed; if the
 * cache is full, the least recently used ones are removed. Thread-safe.
 */
public final class KnownLayers {
  private static final Logger LOG = System.getLogger(KnownLayers.class.getName());
  private static final String SUFFIX = ".layer";
  private static final String TEMPORARY = ".tmp-";
  private static final int BUFFER = 64 * 1024;

  private final Path directory;
  private final long mostBytes;
  private final Clock clock;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();

  private KnownLayers(Path directory, long mostBytes, Clock clock) {
    this.directory = directory;
    this.mostBytes = mostBytes;
    this.clock = clock;
  }

  /**
   * Opens or creates the cache and removes partially written files.
   *
   * @param directory used only by the cache
   * @param mostBytes of all files together; one may use a quarter of it
   */
  public static KnownLayers open(Path directory, long mostBytes, Clock clock) throws IOException {
    Files.createDirectories(directory);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith(TEMPORARY)) {
          Files.deleteIfExists(file);
        }
      }
    }
    return new KnownLayers(directory, mostBytes, clock);
  }

  /** Layers that were reused since the start. */
  public long hits() {
    return hits.sum();
  }

  /** Layers that were unknown since the start. */
  public long misses() {
    return misses.sum();
  }

  /**
   * Reuses a known layer.
   *
   * @param diffId SHA-256 of its uncompressed archive
   * @return empty if it is unknown or no longer usable
   * @throws ArchiveException if it exceeds a limit of the build
   * @throws InterruptedIOException if the thread is interrupted
   */
  public Optional<Layer> recall(Digest diffId, LayeredBuild build)
      throws ArchiveException, InterruptedIOException {
    Path file = file(diffId);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      Optional<Layer> layer = build.recalled(in);
      if (layer.isPresent()) {
        hits.increment();
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
      } else {
        misses.increment();
        Files.deleteIfExists(file);
      }
      return layer;
    } catch (NoSuchFileException unknown) {
      misses.increment();
      return Optional.empty();
    } catch (ClosedByInterruptException e) {
      throw (InterruptedIOException) new InterruptedIOException("cancelled").initCause(e);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "removing the unusable layer record {0}: {1}", file, e);
      remove(file);
      return Optional.empty();
    }
  }

  /**
   * Adds layers whose chunks are all stored. A failure is logged; the layers will be downloaded
   * again.
   */
  public void keep(Map<Digest, Layer> layers) {
    long written = 0;
    try {
      for (Map.Entry<Digest, Layer> layer : layers.entrySet()) {
        written += keep(layer.getKey(), layer.getValue());
        if (written > mostBytes / 4) {
          forgetOldest();
          written = 0;
        }
      }
      // Once for many layers, because it scans all files.
      if (written > 0) {
        forgetOldest();
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "could not cache layers: {0}", e.toString());
    }
  }

  /** Returns the size of the record; 0 if it is too large. */
  private long keep(Digest diffId, Layer layer) throws IOException {
    Path temporary = directory.resolve(TEMPORARY + UUID.randomUUID());
    try {
      write(layer, temporary);
      long bytes = Files.size(temporary);
      if (bytes > mostBytes / 4) {
        return 0;
      }
      Files.move(temporary, file(diffId), StandardCopyOption.ATOMIC_MOVE);
      return bytes;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Not synced: a record damaged by a power failure is detected by its digest. */
  private static void write(Layer layer, Path file) throws IOException {
    try (OutputStream out =
        new BufferedOutputStream(
            Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), BUFFER)) {
      LayerRecord.write(layer, out);
    }
  }

  private void forgetOldest() throws IOException {
    List<Kept> kept = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Kept.of(file).ifPresent(kept::add);
      }
    }
    kept.sort(Comparator.comparing(Kept::used));
    long bytes = kept.stream().mapToLong(Kept::bytes).sum();
    for (Kept oldest : kept) {
      if (bytes <= mostBytes) {
        return;
      }
      Files.deleteIfExists(oldest.file());
      bytes -= oldest.bytes();
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "could not remove the layer record {0}: {1}", file, e);
    }
  }

  private Path file(Digest diffId) {
    return directory.resolve(diffId.toString().replace(':', '-') + SUFFIX);
  }

  private record Kept(Path file, long bytes, FileTime used) {
    static Optional<Kept> of(Path file) throws IOException {
      if (!file.getFileName().toString().endsWith(SUFFIX)) {
        return Optional.empty();
      }
      try {
        return Optional.of(new Kept(file, Files.size(file), Files.getLastModifiedTime(file)));
      } catch (NoSuchFileException gone) {
        return Optional.empty();
      }
    }
  }
}
