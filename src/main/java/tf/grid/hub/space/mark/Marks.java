package tf.grid.hub.space.mark;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import tf.grid.hub.chunk.ChunkId;

/**
 * All references to chunks, in files: one for each value of the first byte of an id. Ids are evenly
 * distributed, so each file has about the same number of them. To look ids up, one file after the
 * other is read into a table; a file with too many ids is divided further. So the memory does not
 * depend on the number of references: 4 MiB for buffers while writing, and a table of up to 2¹⁹ ids
 * (30 MiB) while reading. Exact: no id is lost and none is made up. Not thread-safe.
 */
public final class Marks implements Closeable {
  /** Ids in memory at once. */
  private static final int MAX_TABLE = 1 << 19;

  private static final int FILES = 256;
  private static final int BUFFER = 16 << 10;
  private static final int RECORD = ChunkId.LENGTH + Integer.BYTES;
  private static final int READ_BUFFER = 1 << 18;
  private static final int RECENT = 1 << 16;

  private final Path directory;
  private final int maxTable;
  private final Spill spill;
  private final long[] recent = new long[2 * RECENT];
  private final int[] recentOwners = new int[RECENT];

  /**
   * Begins in a directory for temporary files.
   *
   * @throws IOException if files cannot be created
   */
  public static Marks in(Path workDir) throws IOException {
    return new Marks(Files.createTempDirectory(workDir, "marks-"), MAX_TABLE);
  }

  Marks(Path directory, int maxTable) throws IOException {
    this.directory = directory;
    this.maxTable = maxTable;
    this.spill = new Spill("", 0);
  }

  /**
   * Adds a reference.
   *
   * @param owner number of a repository, from 0, or {@link IdTable#IN_USE}
   */
  public void add(ChunkId id, int owner) throws IOException {
    int slot = (int) id.low() & (RECENT - 1);
    if (recent[2 * slot] == id.high()
        && recent[2 * slot + 1] == id.low()
        && recentOwners[slot] == owner - IdTable.SHARED) {
      return;
    }
    recent[2 * slot] = id.high();
    recent[2 * slot + 1] = id.low();
    // Shifted, so that no owner is the zero of an empty slot.
    recentOwners[slot] = owner - IdTable.SHARED;
    spill.add(id, owner);
  }

  /** Gets tables in the order of their ids. */
  @FunctionalInterface
  public interface TableVisitor {
    /**
     * Gets a table.
     *
     * @param last the last id that it may have; all after the last one of the table before it
     */
    void table(IdTable table, ChunkId last) throws IOException;
  }

  /** Shows all references, once. Nothing can be added afterwards. */
  public void forEach(TableVisitor visitor) throws IOException {
    show(spill, 0, visitor);
  }

  /**
   * Shows the files of a spill.
   *
   * @param prefix the first bytes of the ids in them, as the upper bits
   */
  private void show(Spill files, long prefix, TableVisitor visitor) throws IOException {
    files.finish();
    for (int i = 0; i < FILES; i++) {
      int shift = Long.SIZE - Byte.SIZE * (files.depth + 1);
      long first = prefix | (long) i << shift;
      Path file = files.file(i);
      IdTable table = load(file);
      if (table != null) {
        Files.deleteIfExists(file);
        visitor.table(table, new ChunkId(first | (1L << shift) - 1, -1));
      } else {
        try (Spill divided = divide(file, files.depth + 1)) {
          Files.delete(file);
          show(divided, first, visitor);
        }
      }
    }
  }

  /** Reads a file; null if it has too many ids for a table. */
  private IdTable load(Path file) throws IOException {
    IdTable table = new IdTable();
    if (Files.notExists(file)) {
      return table;
    }
    boolean[] fits = {true};
    read(
        file,
        (id, owner) -> {
          if (table.size() < maxTable) {
            table.add(id, owner);
          } else {
            fits[0] = false;
          }
          return fits[0];
        });
    return fits[0] ? table : null;
  }

  private Spill divide(Path file, int depth) throws IOException {
    Spill divided = new Spill(file.getFileName().toString(), depth);
    read(
        file,
        (id, owner) -> {
          divided.add(id, owner);
          return true;
        });
    return divided;
  }

  private interface RecordVisitor {
    /** Returns whether to continue. */
    boolean record(ChunkId id, int owner) throws IOException;
  }

  private static void read(Path file, RecordVisitor visitor) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DataInputStream data = new DataInputStream(new BufferedInputStream(in, READ_BUFFER))) {
      long left = Files.size(file) / RECORD;
      boolean more = true;
      while (more && left-- > 0) {
        more = visitor.record(new ChunkId(data.readLong(), data.readLong()), data.readInt());
      }
    } catch (EOFException e) {
      throw new IOException(file + " became shorter while it was read", e);
    }
  }

  /** Deletes all files. */
  @Override
  public void close() throws IOException {
    spill.close();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  /** Files by the byte of an id at a depth. */
  private final class Spill implements Closeable {
    private final String name;
    private final int depth;
    private final ByteBuffer[] buffers = new ByteBuffer[FILES];
    private final FileChannel[] channels = new FileChannel[FILES];

    Spill(String name, int depth) {
      if (depth == Long.BYTES) {
        throw new IllegalStateException("too many ids begin with the same eight bytes");
      }
      this.name = name;
      this.depth = depth;
    }

    Path file(int number) {
      return directory.resolve(name + String.format(Locale.ROOT, "%02x", number));
    }

    void add(ChunkId id, int owner) throws IOException {
      int number = (int) (id.high() >>> (Long.SIZE - Byte.SIZE * (depth + 1))) & (FILES - 1);
      ByteBuffer buffer = buffers[number];
      if (buffer == null) {
        buffer = ByteBuffer.allocate(BUFFER);
        buffers[number] = buffer;
      }
      if (buffer.remaining() < RECORD) {
        drain(number);
      }
      buffer.putLong(id.high()).putLong(id.low()).putInt(owner);
    }

    private void drain(int number) throws IOException {
      if (channels[number] == null) {
        channels[number] =
            FileChannel.open(file(number), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      }
      ByteBuffer buffer = buffers[number].flip();
      while (buffer.hasRemaining()) {
        channels[number].write(buffer);
      }
      buffer.clear();
    }

    void finish() throws IOException {
      for (int i = 0; i < FILES; i++) {
        if (buffers[i] != null) {
          drain(i);
          buffers[i] = null;
        }
      }
      close();
    }

    @Override
    public void close() throws IOException {
      for (FileChannel channel : channels) {
        if (channel != null) {
          channel.close();
        }
      }
      Arrays.fill(channels, null);
    }
  }
}
