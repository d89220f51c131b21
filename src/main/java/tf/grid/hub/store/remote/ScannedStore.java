package tf.grid.hub.store.remote;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.ChunkInventory.Entry;
import tf.grid.hub.store.ChunkScan;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.ChunkSweep;

/**
 * Lists a remote store in the order of ids: writes what a scan shows to files by the first byte of
 * the id, and sorts one file at a time in memory. Deleting frees the space at once, as far as the
 * store can. For one collection at a time.
 */
public final class ScannedStore implements ChunkSweep {
  private static final Logger LOG = System.getLogger(ScannedStore.class.getName());
  private static final int FILES = 256;
  private static final int BUFFER = 8 << 10;
  private static final int ID_SHIFT = 56;

  private final ChunkStore store;
  private final ChunkScan scan;
  private final Path workDir;
  private Path listing;
  private List<Entry> sorted = List.of();
  private int nextFile;
  private int nextEntry;

  /**
   * Lists a store.
   *
   * @param store with retries
   * @param scan of the same store; it is not retried, so that no part is taken for the whole
   * @param workDir for temporary files: 28 bytes for each chunk
   */
  public ScannedStore(ChunkStore store, ChunkScan scan, Path workDir) {
    this.store = store;
    this.scan = scan;
    this.workDir = workDir;
  }

  @Override
  public List<Entry> page(Optional<ChunkId> after, int limit) {
    try {
      if (after.isEmpty()) {
        begin();
      }
      while (nextEntry == sorted.size() && nextFile < FILES) {
        load(nextFile++);
      }
      int end = Math.min(sorted.size(), nextEntry + limit);
      List<Entry> page = List.copyOf(sorted.subList(nextEntry, end));
      nextEntry = end;
      return page;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void endPages() {
    sorted = List.of();
    nextEntry = 0;
    nextFile = FILES;
    try {
      removeListing();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the list of stored chunks could not be removed: {0}", e.toString());
    }
  }

  private void begin() throws IOException {
    removeListing();
    listing = Files.createTempDirectory(workDir, "listing-");
    nextFile = 0;
    nextEntry = 0;
    sorted = List.of();
    try (Spill spill = new Spill()) {
      scan.scan(spill::add);
    }
  }

  private void load(int number) throws IOException {
    Path file = file(number);
    List<Entry> all = new ArrayList<>();
    long count = Files.exists(file) ? Files.size(file) / Spill.RECORD : 0;
    if (count > 0) {
      try (DataInputStream in =
          new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
        for (long i = 0; i < count; i++) {
          ChunkId id = new ChunkId(in.readLong(), in.readLong());
          all.add(new Entry(id, in.readInt(), Instant.ofEpochSecond(in.readLong())));
        }
      }
      Files.delete(file);
    }
    all.sort(Comparator.comparing(Entry::id));
    sorted = withoutRepetitions(all);
    nextEntry = 0;
    if (number == FILES - 1) {
      removeListing();
    }
  }

  private static List<Entry> withoutRepetitions(List<Entry> all) {
    List<Entry> once = new ArrayList<>(all.size());
    for (Entry entry : all) {
      if (once.isEmpty() || !once.get(once.size() - 1).id().equals(entry.id())) {
        once.add(entry);
      }
    }
    return once;
  }

  private Path file(int number) {
    return listing.resolve(String.format(Locale.ROOT, "%02x", number));
  }

  private void removeListing() throws IOException {
    if (listing != null) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(listing)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
      Files.delete(listing);
      listing = null;
    }
  }

  @Override
  public boolean knowsTimes() {
    return scan.knowsTimes();
  }

  @Override
  public Set<ChunkId> missing(Collection<ChunkId> ids) {
    return store.missing(ids);
  }

  @Override
  public void delete(Collection<ChunkId> ids) {
    scan.delete(ids);
  }

  /** The store gives space back by itself, or with tools of its own. */
  @Override
  public long reclaim(Rewriting rewriting) {
    return 0;
  }

  /** The files that a scan is written to. */
  private final class Spill implements Closeable {
    static final int RECORD = 2 * Long.BYTES + Integer.BYTES + Long.BYTES;

    private final DataOutputStream[] files = new DataOutputStream[FILES];

    void add(Entry entry) {
      int number = (int) (entry.id().high() >>> ID_SHIFT);
      try {
        if (files[number] == null) {
          files[number] =
              new DataOutputStream(
                  new BufferedOutputStream(Files.newOutputStream(file(number)), BUFFER));
        }
        files[number].writeLong(entry.id().high());
        files[number].writeLong(entry.id().low());
        files[number].writeInt((int) entry.size());
        files[number].writeLong(entry.time().getEpochSecond());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      for (DataOutputStream file : files) {
        if (file != null) {
          file.close();
        }
      }
    }
  }
}
