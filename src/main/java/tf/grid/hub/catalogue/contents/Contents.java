package tf.grid.hub.catalogue.contents;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import tf.grid.hub.catalogue.Backend;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.digest.ContentVersion;
import tf.grid.hub.catalogue.digest.SingleFlight;
import tf.grid.hub.catalogue.name.CatalogueException.FlistUnreadableException;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.flist.TruncatedFiles;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.http.file.SpooledBody;
import tf.grid.hub.http.json.JsonBody;
import tf.grid.hub.limit.ReadLimit;
import tf.grid.hub.limit.TryAgainLaterException;

/**
 * Reads the contents of flists and caches them as long as the files do not change. Thread-safe;
 * concurrent requests for the same contents share the work.
 */
public final class Contents {

  private static final int ATTEMPTS = 5;
  private static final int SPOOLS = 16;

  /** Marks a response that is too large to be cached. */
  private static final JsonBody TOO_LARGE = JsonBody.of(new byte[0]);

  private final Cache<Key, JsonBody> known;
  private final SingleFlight<Key, Optional<JsonBody>> running = new SingleFlight<>();
  private final int largest;
  private final Path workDir;
  private final Backend backend;
  private final ReadLimit readLimit;
  private final Spools spools;

  /**
   * Looks into the flists of a hub.
   *
   * @param memory bytes for what is remembered; one answer gets at most a quarter
   * @param workDir where large databases are unpacked
   * @param backend what is told about flists that have no backend
   * @param readLimit bounds how many are read at once; what is remembered needs none
   */
  public Contents(long memory, Path workDir, Backend backend, ReadLimit readLimit) {
    this.known =
        Caffeine.newBuilder()
            .maximumWeight(memory)
            .weigher((Key key, JsonBody body) -> body.weight())
            .recordStats()
            .build();
    this.largest = (int) Math.min(memory / 4, Integer.MAX_VALUE / 4);
    this.workDir = workDir;
    this.backend = backend;
    this.readLimit = readLimit;
    this.spools = new Spools(workDir, SPOOLS);
  }

  /**
   * The entries of a flist with their counts; empty if that is too large to be held in memory,
   * which {@link #spooledEntries} is for.
   *
   * @throws FlistUnreadableException if the flist is damaged
   * @throws TryAgainLaterException if too many others are being read
   */
  public Optional<JsonBody> entries(LocatedFlist flist) {
    return Optional.of(remembered(flist, Part.ENTRIES)).filter(body -> body != TOO_LARGE);
  }

  /**
   * The entries of a flist of any size. They are read into a file first: a client that takes its
   * time keeps nobody from reading another flist, and those who read the same share the file.
   *
   * @throws IOException if the flist is damaged
   * @throws TryAgainLaterException if too many others are being read; nothing is written then
   */
  public SpooledBody spooledEntries(LocatedFlist flist) throws IOException {
    ContentVersion state = flist.version();
    return spools.open(state, spool -> readLimit.take(() -> spool(flist, state, spool)));
  }

  private OutputStream spool(LocatedFlist flist, ContentVersion state, OutputStream out)
      throws IOException {
    FileChannel file =
        flist.open(state).orElseThrow(() -> new IOException("the flist just changed"));
    write(file, Part.ENTRIES, out);
    return out;
  }

  /**
   * The metadata of a flist.
   *
   * @throws FlistUnreadableException if the flist is damaged
   * @throws TryAgainLaterException if too many others are being read
   */
  public JsonBody metadata(LocatedFlist flist) {
    return remembered(flist, Part.METADATA);
  }

  /** Hits and misses since the start. */
  public CacheStats stats() {
    return known.stats();
  }

  private JsonBody remembered(LocatedFlist flist, Part part) {
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Key key = new Key(flist.version(), part);
        JsonBody body = known.getIfPresent(key);
        Optional<JsonBody> found =
            body != null
                ? Optional.of(body)
                : running.get(key, () -> readLimit.take(() -> make(flist, key)));
        if (found.isPresent()) {
          return found.get();
        }
      }
      throw new IOException("it kept changing");
    } catch (FlistRejectedException e) {
      throw new FlistUnreadableException(flist.name(), e.getMessage(), e);
    } catch (IOException e) {
      throw new FlistUnreadableException(flist.name(), "the file cannot be read", e);
    }
  }

  /** Reads the file, unless it has changed in the meantime. */
  private Optional<JsonBody> make(LocatedFlist flist, Key key) throws IOException {
    Optional<FileChannel> file = flist.open(key.state());
    if (file.isEmpty()) {
      return Optional.empty();
    }
    BoundedBytes bytes = new BoundedBytes(largest);
    JsonBody body;
    try {
      write(file.get(), key.part(), bytes);
      body = JsonBody.of(bytes.toByteArray());
    } catch (BoundedBytes.LimitReached e) {
      body = TOO_LARGE;
    }
    known.put(key, body);
    return Optional.of(body);
  }

  private void write(FileChannel file, Part part, OutputStream out) throws IOException {
    try (FlistReader reader =
        FlistReader.open(
            Channels.newInputStream(file), workDir, FlistLimits.DEFAULT, TruncatedFiles.SHOWN)) {
      JsonBody.write(
          out,
          json -> {
            if (part == Part.ENTRIES) {
              ContentsJson.write(reader, json);
            } else {
              MetadataJson.write(reader.metadata(), backend, json);
            }
          });
    }
  }

  private enum Part {
    ENTRIES,
    METADATA
  }

  private record Key(ContentVersion state, Part part) {}
}
