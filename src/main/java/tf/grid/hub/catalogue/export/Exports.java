package tf.grid.hub.catalogue.export;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.channels.Channels;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.digest.Fingerprint;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.FlistUnreadableException;
import tf.grid.hub.catalogue.statistics.DownloadCounts;
import tf.grid.hub.export.ExportException;
import tf.grid.hub.export.FlistTar;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.limit.ReadLimit;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.queue.Flow;
import tf.grid.hub.limit.queue.FlowLimit;
import tf.grid.hub.limit.queue.MinimumRateStream;
import tf.grid.hub.limit.queue.QueueLimits;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.StoreException;

/**
 * Exports flists as archives. The number of exports at a time is limited, because each holds a
 * thread, an open flist and chunks that are read ahead. While others wait, the export with the
 * slowest client ends. Thread-safe.
 */
public final class Exports {
  private static final System.Logger LOG = System.getLogger(Exports.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(10);

  /** Requests that wait for others to end, each of which holds a thread, and for how long. */
  private static final QueueLimits WAITING =
      new QueueLimits(8, Duration.ofSeconds(20), Duration.ofSeconds(1));

  /** Exports are public: all clients are equal. */
  private static final String ANYBODY = "";

  private final Path workDir;
  private final ChunkStore store;
  private final Md5Cache md5s;
  private final DownloadCounts counts;
  private final ExecutorService threads;
  private final Ticker ticker;
  private final FlowLimit<String> places;

  /**
   * Exports the flists of a hub.
   *
   * @param workDir where large databases are unpacked
   * @param store has the content of the files
   * @param counts counts exports as downloads
   * @param threads read and decode chunks of all exports
   * @param atOnce maximum number of exports at a time
   * @param ticker measures how long clients are waited for
   */
  public Exports(
      Path workDir,
      ChunkStore store,
      Md5Cache md5s,
      DownloadCounts counts,
      ExecutorService threads,
      int atOnce,
      Ticker ticker) {
    this.workDir = workDir;
    this.store = store;
    this.md5s = md5s;
    this.counts = counts;
    this.threads = threads;
    this.ticker = ticker;
    this.places = new FlowLimit<>(atOnce, WAITING, ticker, ReadLimit.busy(PAUSE));
  }

  /**
   * The current version of a flist, which identifies the bytes of its archives.
   *
   * @throws FlistUnreadableException if the file cannot be read
   */
  public Fingerprint version(LocatedFlist flist) {
    try {
      return md5s.of(flist.file());
    } catch (NoSuchFileException e) {
      throw new FlistNotFoundException();
    } catch (IOException e) {
      throw new FlistUnreadableException(flist.name(), "the file cannot be read", e);
    }
  }

  /**
   * Checks that a version of a flist can be exported, for which the whole flist is read.
   *
   * @return the length of the uncompressed archive in bytes
   * @throws FlistUnreadableException if the flist is damaged, or chunks of it are missing
   * @throws tf.grid.hub.limit.TryAgainLaterException if too many exports are running
   */
  public long check(LocatedFlist flist, Fingerprint version) {
    long[] length = new long[1];
    try {
      read(flist, version, new Flow(ticker), tree -> length[0] = tree.check());
    } catch (FlistRejectedException | ExportException e) {
      throw new FlistUnreadableException(flist.name(), e.getMessage(), e);
    } catch (IOException e) {
      throw new FlistUnreadableException(flist.name(), "the file cannot be read", e);
    }
    return length[0];
  }

  /**
   * Sends a version of a flist to a client.
   *
   * @param client cut off if it reads slowly; not closed
   * @throws FlistUnreadableException if the flist was replaced; nothing was exported then
   * @throws tf.grid.hub.limit.TryAgainLaterException if too many exports are running; nothing was
   *     exported then
   * @throws IOException if the flist or a chunk is damaged, or the client is gone or too slow
   */
  public void send(LocatedFlist flist, Fingerprint version, OutputStream client, Format format)
      throws IOException {
    Flow flow = new Flow(ticker);
    OutputStream paced = new MinimumRateStream(client, ticker, flow);
    read(
        flist,
        version,
        flow,
        tree -> {
          counts.downloaded(flist.file().path());
          format.write(tree, paced);
        });
  }

  private void read(LocatedFlist flist, Fingerprint version, Flow flow, Consumer consumer)
      throws IOException {
    places.<Fingerprint, IOException>within(
        ANYBODY,
        flow,
        () -> {
          try (FlistReader reader = open(flist, version)) {
            consumer.accept(new OpenTree(reader, reader.metadata()));
          } catch (FlistRejectedException | ExportException | StoreException e) {
            LOG.log(Level.WARNING, "the export of {0} failed: {1}", flist.file(), e.getMessage());
            throw e;
          }
          return version;
        });
  }

  private FlistReader open(LocatedFlist flist, Fingerprint version) throws IOException {
    return FlistReader.open(
        Channels.newInputStream(
            flist
                .open(version.identity())
                .orElseThrow(
                    () ->
                        new FlistUnreadableException(
                            flist.name(), "it was just replaced, try again", null))),
        workDir,
        FlistLimits.DEFAULT);
  }

  /** Uses a tree while its flist is open. */
  @FunctionalInterface
  private interface Consumer {
    void accept(Tree tree) throws IOException;
  }

  /** The format of an archive. */
  @FunctionalInterface
  public interface Format {
    /**
     * Writes the archive.
     *
     * @param tree valid until this returns
     * @param out not closed
     */
    void write(Tree tree, OutputStream out) throws IOException;
  }

  /** The tree of a flist. */
  public interface Tree {
    /** The metadata of the flist, by key. */
    Map<String, String> metadata();

    /** Checks that all chunks exist and returns the length of the uncompressed archive in bytes. */
    long check() throws IOException;

    /** Writes the uncompressed archive. The same tree can be written more than once. */
    void writeTo(OutputStream out) throws IOException;
  }

  private final class OpenTree implements Tree {
    private final Map<String, String> metadata;
    private final FlistTar tar;

    OpenTree(FlistReader reader, Map<String, String> metadata) {
      this.metadata = metadata;
      this.tar = new FlistTar(reader, AttributesJson.read(metadata.getOrDefault("xattr", "")));
    }

    @Override
    public Map<String, String> metadata() {
      return metadata;
    }

    @Override
    public long check() throws IOException {
      return tar.check(store);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      tar.writeTo(out, store, threads);
    }
  }
}
