package tf.grid.hub.catalogue.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import tf.grid.hub.catalogue.digest.ContentVersion;
import tf.grid.hub.catalogue.digest.FlistFile;
import tf.grid.hub.catalogue.digest.VersionLog;
import tf.grid.hub.flist.Counts.Counter;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.flist.TruncatedFiles;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.limit.ReadLimit;

/** Sizes of the content of flists, read once per version and kept across restarts. Thread-safe. */
public final class ContentSizes implements Closeable {
  /** With more flists, the least recently used are read again. */
  private static final int CAPACITY = 100_000;

  private static final Pattern SIZE = Pattern.compile("\\d{1,18}");

  private final Cache<ContentVersion, Long> known =
      Caffeine.newBuilder().maximumSize(CAPACITY).build();
  private final VersionLog log;
  private final Path workDir;
  private final ReadLimit readLimit;

  /**
   * Opens the log.
   *
   * @param file is created if necessary
   * @param workDir for databases of flists that do not fit in memory
   * @param readLimit bounds how many flists are read at once
   */
  public ContentSizes(Path file, Path workDir, ReadLimit readLimit) throws IOException {
    this.log =
        VersionLog.open(
            file, CAPACITY, SIZE, (version, size) -> known.put(version, Long.valueOf(size)));
    this.workDir = workDir;
    this.readLimit = readLimit;
  }

  /** The size of this version, if it was read before. */
  OptionalLong known(ContentVersion version) {
    if (version.contentBytes().isPresent()) {
      return version.contentBytes();
    }
    Long size = known.getIfPresent(version);
    return size == null ? OptionalLong.empty() : OptionalLong.of(size);
  }

  /** Keeps the size of a new version. */
  public void keep(ContentVersion version, long size) {
    known.put(version, size);
    log.append(version, Long.toString(size));
  }

  /**
   * The size of all files of a flist in bytes, 0 if the flist is damaged.
   *
   * @throws IOException if the file cannot be read
   * @throws tf.grid.hub.limit.TryAgainLaterException if too many others are being read
   */
  long of(FlistFile file) throws IOException {
    ContentVersion version = file.version();
    OptionalLong size = known(version);
    if (size.isPresent()) {
      return size.getAsLong();
    }
    long measured = measure(() -> Channels.newInputStream(file.open()));
    if (version.equals(file.version())) {
      keep(version, measured);
    }
    return measured;
  }

  /** The size of a file that will get another name. */
  long measure(Path file) throws IOException {
    return measure(() -> Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS));
  }

  private long measure(Source source) throws IOException {
    return readLimit.take(
        () -> {
          Counter counter = new Counter();
          try (InputStream in = source.open();
              FlistReader flist =
                  FlistReader.open(in, workDir, FlistLimits.DEFAULT, TruncatedFiles.SHOWN)) {
            flist.directories(listing -> listing.contents().forEach(counter::add));
            return counter.counts().fullsize();
          } catch (FlistRejectedException damaged) {
            return 0L;
          }
        });
  }

  @FunctionalInterface
  private interface Source {
    InputStream open() throws IOException;
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
