package tf.grid.hub.flist.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.flist.Counts;
import tf.grid.hub.flist.Counts.Counter;
import tf.grid.hub.flist.DirectoryListing;
import tf.grid.hub.flist.FlistDefects;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.TruncatedFiles;
import tf.grid.hub.flist.codec.DirectoryDecoder;
import tf.grid.hub.flist.codec.PermissionsCodec;
import tf.grid.hub.problem.PrintableText;

/**
 * Reads a flist that may come from anyone. Directories are read when they are asked for; the heap
 * holds one of them, and when walking, names of those above. Every method throws {@link
 * FlistRejectedException} when what it reads breaks the format's rules. Not thread-safe.
 */
public final class FlistReader implements Closeable {
  /** Bytes up to which a database is usually kept in memory. */
  public static final int IN_MEMORY = FlistDatabase.IN_MEMORY;

  private static final int KEPT_PERMISSIONS = 10_000;
  private static final int MAX_KEY = 64;

  private final FlistDatabase database;
  private final FlistLimits limits;
  private final Map<String, Permissions> permissions = new HashMap<>();
  private final DirectoryDecoder decoder;

  private FlistReader(
      FlistDatabase database,
      FlistLimits limits,
      TruncatedFiles tails,
      Optional<FlistDefects> defects) {
    this.database = database;
    this.limits = limits;
    this.decoder = new DirectoryDecoder(this::permissions, tails, defects);
  }

  /** Sees every entry of a flist. */
  @FunctionalInterface
  public interface Visitor {
    /** Sees one entry; never the root. */
    void entry(FlistPath path, Node node) throws IOException;
  }

  /**
   * Opens a flist.
   *
   * @param workDir where a database that does not fit in memory is kept until the reader is closed
   * @throws FlistRejectedException when the file is no flist, is damaged or over a limit
   */
  public static FlistReader open(Path file, Path workDir, FlistLimits limits) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return open(in, workDir, limits);
    }
  }

  /** Opens a flist as it comes in; the stream is read to its end and closed. */
  public static FlistReader open(InputStream in, Path workDir, FlistLimits limits)
      throws IOException {
    return open(in, workDir, limits, TruncatedFiles.REFUSED);
  }

  /** The same for a flist that may have lost the tails of files. */
  public static FlistReader open(
      InputStream in, Path workDir, FlistLimits limits, TruncatedFiles tails) throws IOException {
    return open(in, workDir, limits, tails, IN_MEMORY);
  }

  static FlistReader open(
      InputStream in, Path workDir, FlistLimits limits, TruncatedFiles tails, int inMemory)
      throws IOException {
    return open(in, workDir, limits, inMemory, tails, Optional.empty());
  }

  /**
   * The same for a flist that is to be published again: known mistakes of the C tool are accepted
   * and collected. Of a directory and another entry with the same name only the first is shown.
   *
   * @param defects gets the mistakes, as directories are read
   */
  public static FlistReader open(
      InputStream in, Path workDir, FlistLimits limits, int inMemory, FlistDefects defects)
      throws IOException {
    return open(in, workDir, limits, inMemory, TruncatedFiles.SHOWN, Optional.of(defects));
  }

  private static FlistReader open(
      InputStream in,
      Path workDir,
      FlistLimits limits,
      int inMemory,
      TruncatedFiles tails,
      Optional<FlistDefects> defects)
      throws IOException {
    try (FlistUnpacker archive = new FlistUnpacker(in, limits)) {
      FlistDatabase database = FlistDatabase.open(archive, workDir, limits, inMemory);
      return new FlistReader(database, limits, tails, defects);
    }
  }

  /** All metadata, by key; empty in old files. */
  public Map<String, String> metadata() throws IOException {
    return Collections.unmodifiableMap(database.metadata());
  }

  /**
   * Reads one directory.
   *
   * @throws FlistRejectedException also if the directory does not exist or is nested too deeply
   */
  public DirectoryListing directory(FlistPath path) throws IOException {
    if (path.length() > limits.pathBytes() || path.depth() > limits.depth()) {
      throw new FlistRejectedException("The flist's directories are too deep in one another.");
    }
    return find(path)
        .orElseThrow(
            () ->
                new FlistRejectedException(
                    "The flist has no directory \"/" + PrintableText.of(path.bytes()) + "\"."));
  }

  /** Reads one directory, if the flist has it. */
  public Optional<DirectoryListing> find(FlistPath path) throws IOException {
    byte[] value = database.value(path.key());
    return value == null ? Optional.empty() : Optional.of(decoder.decode(path, value));
  }

  /** Shows every entry but the root: a directory, what is in it, then what comes after it. */
  public void walk(Visitor visitor) throws IOException {
    walk(FlistPath.ROOT, visitor);
  }

  /**
   * Shows what is below a directory, in the same order.
   *
   * @throws FlistRejectedException also if the directory does not exist
   */
  public void walk(FlistPath from, Visitor visitor) throws IOException {
    new Walk(visitor, listing -> {}).enter(directory(from));
  }

  /** Shows every directory with its contents, each before those in it. */
  public void directories(DirectoryListing.Visitor visitor) throws IOException {
    new Walk((path, node) -> {}, visitor).enter(directory(FlistPath.ROOT));
  }

  /** Counts what a walk finds. */
  public Counts counts() throws IOException {
    Counter tally = new Counter();
    walk((path, node) -> tally.add(node));
    return tally.counts();
  }

  private Permissions permissions(String key) throws IOException {
    Permissions known = permissions.get(key);
    if (known != null) {
      return known;
    }
    byte[] value = key.length() > MAX_KEY ? null : database.value(key);
    if (value == null) {
      throw new FlistRejectedException(
          "The flist has no permissions under a key that an entry names.");
    }
    if (permissions.size() == KEPT_PERMISSIONS) {
      permissions.clear();
    }
    Permissions read = PermissionsCodec.decode(value);
    permissions.put(key, read);
    return read;
  }

  @Override
  public void close() throws IOException {
    database.close();
  }

  /** One way through the tree, with what it has met so far. */
  private final class Walk {
    private final Visitor entries;
    private final DirectoryListing.Visitor directories;
    private long met;

    Walk(Visitor entries, DirectoryListing.Visitor directories) {
      this.entries = entries;
      this.directories = directories;
    }

    void enter(DirectoryListing listing) throws IOException {
      met += listing.contents().size();
      if (met > limits.entries()) {
        throw new FlistRejectedException(
            "The flist has more than " + limits.entries() + " entries.");
      }
      directories.directory(listing);
      for (Node node : listing.contents()) {
        FlistPath path = listing.path().child(node.name());
        entries.entry(path, node);
        if (node instanceof DirectoryNode) {
          enter(FlistReader.this.directory(path));
        }
      }
    }
  }
}
