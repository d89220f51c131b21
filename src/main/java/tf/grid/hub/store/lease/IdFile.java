package tf.grid.hub.store.lease;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NavigableSet;
import java.util.TreeSet;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.lease.UseSegments.Segment;

/** Files of ids, of 16 bytes each. A partial id at the end is ignored. */
final class IdFile {
  private static final int BUFFER = 1 << 16;

  private IdFile() {}

  /** Gets ids. */
  @FunctionalInterface
  public interface IdVisitor {
    /** Gets one id, perhaps not for the first time. */
    void id(ChunkId id) throws IOException;
  }

  /** Shows all ids of a file. */
  static void read(Path file, IdVisitor visitor) throws IOException {
    try (FileIds ids = new FileIds(file)) {
      for (ChunkId id = ids.next(); id != null; id = ids.next()) {
        visitor.id(id);
      }
    }
  }

  /**
   * Writes the ids of two files to another one, in order and without duplicates.
   *
   * @return the number of ids
   */
  static long merge(Segment one, Segment other, Path target) throws IOException {
    long count = 0;
    try (Ids left = ordered(one);
        Ids right = ordered(other);
        FileOutputStream file = new FileOutputStream(target.toFile());
        OutputStream out = new BufferedOutputStream(file, BUFFER)) {
      ChunkId first = left.next();
      ChunkId second = right.next();
      while (first != null || second != null) {
        int order = compare(first, second);
        out.write((order <= 0 ? first : second).bytes());
        count++;
        first = order <= 0 ? left.next() : first;
        second = order >= 0 ? right.next() : second;
      }
      out.flush();
      file.getFD().sync();
    }
    return count;
  }

  /** Null, the end, comes last. */
  private static int compare(ChunkId first, ChunkId second) {
    if (first == null) {
      return 1;
    }
    return second == null ? -1 : first.compareTo(second);
  }

  private static Ids ordered(Segment segment) throws IOException {
    if (segment.sorted()) {
      return new FileIds(segment.file());
    }
    NavigableSet<ChunkId> ids = new TreeSet<>();
    read(segment.file(), ids::add);
    Iterator<ChunkId> rest = ids.iterator();
    return () -> rest.hasNext() ? rest.next() : null;
  }

  /** Ids, one after another. */
  @FunctionalInterface
  private interface Ids extends Closeable {
    /** The next id; null at the end. */
    ChunkId next() throws IOException;

    @Override
    default void close() throws IOException {
      // Ids in memory need nothing.
    }
  }

  /** The ids in a file. */
  private static final class FileIds implements Ids {
    private final InputStream in;
    private final byte[] id = new byte[ChunkId.LENGTH];

    FileIds(Path file) throws IOException {
      this.in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    }

    @Override
    public ChunkId next() throws IOException {
      return in.readNBytes(id, 0, id.length) == id.length ? ChunkId.at(id, 0) : null;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
