package tf.grid.hub.catalogue.browse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.name.CatalogueException.EntryNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.FlistUnreadableException;
import tf.grid.hub.flist.Counts;
import tf.grid.hub.flist.DirectoryListing;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.TruncatedFiles;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.limit.ReadLimit;
import tf.grid.hub.store.ChunkStore;

/**
 * Reads flists like file systems. There is no cache: each call opens the flist and reads only what
 * it needs. Thread-safe.
 */
public final class FlistBrowser {

  private static final int ATTEMPTS = 5;

  /**
   * Maximum number of concurrent short reads of files; each uses memory for a plain and a stored
   * chunk.
   */
  private static final int PARTS = 8;

  /** Entries in a {@link ContentShares}. */
  private static final int SHARES = 10;

  private static final int MAX_WAITING = 50;
  private static final Duration MAX_WAIT = Duration.ofSeconds(10);

  private final Path workDir;
  private final ChunkStore store;
  private final ReadLimit readLimit;
  private final ReadLimit parts = new ReadLimit(PARTS, MAX_WAITING, MAX_WAIT);

  /**
   * Looks into the flists of a hub.
   *
   * @param workDir where large databases are unpacked
   * @param store has the content of the files
   * @param readLimit bounds how many flists are read at once
   */
  public FlistBrowser(Path workDir, ChunkStore store, ReadLimit readLimit) {
    this.workDir = workDir;
    this.store = store;
    this.readLimit = readLimit;
  }

  /**
   * The metadata and the number of entries, for which the whole flist is read.
   *
   * @throws FlistUnreadableException if the flist is damaged
   * @throws tf.grid.hub.limit.TryAgainLaterException if too many others are being read
   */
  public FlistSummary about(LocatedFlist flist) {
    return read(
        flist,
        reader -> {
          Counts.Counter counts = new Counts.Counter();
          ContentShares.Counter shares = new ContentShares.Counter(FlistPath.ROOT);
          reader.walk(
              (path, node) -> {
                counts.add(node);
                shares.add(path, node);
              });
          return new FlistSummary(
              Map.copyOf(reader.metadata()), counts.counts(), shares.shares(SHARES));
        });
  }

  /**
   * How the content below a directory is divided among its entries. Everything below it is read.
   *
   * @throws EntryNotFoundException if the flist has no such directory
   * @throws FlistUnreadableException if the flist is damaged
   * @throws tf.grid.hub.limit.TryAgainLaterException if too many others are being read
   */
  public ContentShares shares(LocatedFlist flist, FlistPath path) {
    return read(
            flist,
            reader -> {
              if (reader.find(path).isEmpty()) {
                return Optional.<ContentShares>empty();
              }
              ContentShares.Counter shares = new ContentShares.Counter(path);
              reader.walk(path, shares::add);
              return Optional.of(shares.shares(SHARES));
            })
        .orElseThrow(() -> new EntryNotFoundException(path));
  }

  /**
   * A directory and what is in it.
   *
   * @throws EntryNotFoundException if the flist has no such directory
   * @throws FlistUnreadableException if the flist is damaged
   * @throws tf.grid.hub.limit.TryAgainLaterException if too many others are being read
   */
  public DirectoryListing directory(LocatedFlist flist, FlistPath path) {
    return read(flist, reader -> reader.find(path))
        .orElseThrow(() -> new EntryNotFoundException(path));
  }

  /**
   * An entry of a directory; empty if there is none of the path, which is not the root's.
   *
   * @throws FlistUnreadableException if the flist is damaged
   * @throws tf.grid.hub.limit.TryAgainLaterException if too many others are being read
   */
  public Optional<Node> entry(LocatedFlist flist, FlistPath path) {
    return read(flist, reader -> entry(reader, path));
  }

  /**
   * Where a link leads in the end; empty if that is nowhere in the flist.
   *
   * @param directory that the link is in
   * @param target of the link
   * @throws FlistUnreadableException if the flist is damaged
   * @throws tf.grid.hub.limit.TryAgainLaterException if too many others are being read
   */
  public Optional<FlistPath> follow(LocatedFlist flist, FlistPath directory, Name target) {
    return read(flist, reader -> new LinkResolver(reader, directory).to(target));
  }

  /**
   * The entries whose names contain a text, whatever the case of its letters. The whole flist is
   * read.
   *
   * @param most as many of them are kept
   * @throws FlistUnreadableException if the flist is damaged
   * @throws tf.grid.hub.limit.TryAgainLaterException if too many others are being read
   */
  public FoundEntries search(LocatedFlist flist, String text, int most) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return read(
        flist,
        reader -> {
          List<FoundEntries.Place> first = new ArrayList<>();
          long[] total = new long[1];
          reader.walk(
              (path, node) -> {
                if (node.name().toString().toLowerCase(Locale.ROOT).contains(wanted)
                    && total[0]++ < most) {
                  first.add(new FoundEntries.Place(path.parent(), node));
                }
              });
          return new FoundEntries(first, total[0]);
        });
  }

  /**
   * The content of a regular file. The chunks are fetched when they are read.
   *
   * @throws EntryNotFoundException if the flist has no such file
   * @throws FlistUnreadableException if the flist is damaged
   * @throws tf.grid.hub.limit.TryAgainLaterException if too many others are being read
   */
  public FileContent file(LocatedFlist flist, FlistPath path) {
    return read(flist, reader -> find(reader, path))
        .map(this::content)
        .orElseThrow(() -> new EntryNotFoundException(path));
  }

  /** Opens a regular file that was read before, without opening the flist again. */
  public FileContent content(FileNode file) {
    return new FileContent(file, store, parts);
  }

  private static Optional<FileNode> find(FlistReader reader, FlistPath path) throws IOException {
    return entry(reader, path).filter(FileNode.class::isInstance).map(FileNode.class::cast);
  }

  static Optional<Node> entry(FlistReader reader, FlistPath path) throws IOException {
    return reader.find(path.parent()).stream()
        .flatMap(above -> above.contents().stream())
        .filter(node -> node.name().equals(path.name()))
        .findFirst();
  }

  private <V> V read(LocatedFlist flist, Look<V> look) {
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Optional<FileChannel> file = flist.open(flist.version());
        if (file.isPresent()) {
          return readLimit.take(() -> look(file.get(), look));
        }
      }
      throw new IOException("it kept changing");
    } catch (FlistRejectedException e) {
      throw new FlistUnreadableException(flist.name(), e.getMessage(), e);
    } catch (IOException e) {
      throw new FlistUnreadableException(flist.name(), "the file cannot be read", e);
    }
  }

  private <V> V look(FileChannel file, Look<V> look) throws IOException {
    try (InputStream in = Channels.newInputStream(file);
        FlistReader reader =
            FlistReader.open(in, workDir, FlistLimits.DEFAULT, TruncatedFiles.SHOWN)) {
      return look.at(reader);
    }
  }

  @FunctionalInterface
  private interface Look<V> {
    V at(FlistReader reader) throws IOException;
  }

  /**
   * The result of a search. Immutable.
   *
   * @param first the first entries, in the order of a walk
   * @param total number of all matches
   */
  public record FoundEntries(List<Place> first, long total) {

    public FoundEntries {
      first = List.copyOf(first);
    }

    /** An entry and its directory. */
    public record Place(FlistPath parent, Node node) {}
  }
}
