package tf.grid.hub.client.push;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tf.grid.hub.build.chunking.BlockSlots;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;

/**
 * The blocks of the files of an earlier push, so that unchanged files need not be read. Directories
 * are stored in the order of a walk, and are read in the same order during the next one: memory
 * holds one of them. Not thread-safe.
 */
final class FileMemory implements Closeable {
  private static final int FORMAT = 0x68756201;

  private final Path file;
  private final Path fresh;
  private final DataOutputStream out;
  private DataInputStream in;
  private byte[] next;

  /**
   * Reads what an earlier push has saved, and begins to write.
   *
   * @param used whether the earlier files are used at all
   */
  FileMemory(Path file, boolean used) throws IOException {
    this.file = file;
    Files.createDirectories(file.getParent());
    this.fresh = Files.createTempFile(file.getParent(), ".new-", ".files");
    this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)));
    out.writeInt(FORMAT);
    if (used && Files.exists(file)) {
      in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
      if (in.readInt() == FORMAT) {
        readNext();
      } else {
        forget();
      }
    }
  }

  /**
   * The state of a file; if it is the same, its content is.
   *
   * @param inode the inode number
   * @param size in bytes
   * @param modifiedNanos time of the last write
   * @param changedNanos time of the last change of content or status, which users cannot set
   */
  record State(long inode, long size, long modifiedNanos, long changedNanos) {}

  /** A file of the earlier push. */
  record Remembered(State state, List<Block> blocks) {}

  /** The files of a directory in the earlier push; the directories come in the order of a walk. */
  Map<Name, Remembered> files(FlistPath directory) throws IOException {
    byte[] wanted = directory.bytes();
    try {
      while (next != null) {
        int order = compare(next, wanted);
        if (order > 0) {
          return Map.of();
        }
        Map<Name, Remembered> files = readFiles();
        readNext();
        if (order == 0) {
          return files;
        }
      }
    } catch (EOFException e) {
      forget(); // A file that was cut off is as good as none.
    }
    return Map.of();
  }

  /** Saves the files of a directory. */
  void save(FlistPath directory, Map<Name, Remembered> files) throws IOException {
    if (files.isEmpty()) {
      return;
    }
    write(directory.bytes());
    out.writeInt(files.size());
    for (Map.Entry<Name, Remembered> entry : files.entrySet()) {
      write(entry.getKey().shared());
      State state = entry.getValue().state();
      out.writeLong(state.inode());
      out.writeLong(state.size());
      out.writeLong(state.modifiedNanos());
      out.writeLong(state.changedNanos());
      for (Block block : entry.getValue().blocks()) {
        out.writeLong(block.id().high());
        out.writeLong(block.id().low());
        out.writeLong(block.key().high());
        out.writeLong(block.key().low());
      }
    }
  }

  /** Replaces the earlier push by this one. */
  void commit() throws IOException {
    out.close();
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** A slash sorts before all other bytes, so that a directory is followed by what is in it. */
  private static int compare(byte[] one, byte[] other) {
    int same = Arrays.mismatch(one, other);
    if (same < 0) {
      return 0;
    } else if (same == Math.min(one.length, other.length)) {
      return one.length - other.length;
    }
    int left = one[same] == '/' ? 0 : one[same] & 0xff;
    int right = other[same] == '/' ? 0 : other[same] & 0xff;
    return left - right;
  }

  private void readNext() throws IOException {
    try {
      next = read();
    } catch (EOFException e) {
      next = null;
    }
  }

  private Map<Name, Remembered> readFiles() throws IOException {
    int count = in.readInt();
    Map<Name, Remembered> files = new HashMap<>();
    for (int i = 0; i < count; i++) {
      Name name = Name.of(read());
      State state = new State(in.readLong(), in.readLong(), in.readLong(), in.readLong());
      BlockSlots blocks = new BlockSlots(state.size());
      for (int piece = 0; piece < blocks.size(); piece++) {
        ChunkId id = new ChunkId(in.readLong(), in.readLong());
        blocks.put(piece, new Block(id, new ChunkKey(in.readLong(), in.readLong())));
      }
      files.put(name, new Remembered(state, blocks));
    }
    return files;
  }

  private byte[] read() throws IOException {
    byte[] bytes = new byte[in.readUnsignedShort()];
    in.readFully(bytes);
    return bytes;
  }

  private void write(byte[] bytes) throws IOException {
    out.writeShort(bytes.length);
    out.write(bytes);
  }

  private void forget() throws IOException {
    next = null;
    in.close();
  }

  @Override
  public void close() throws IOException {
    if (in != null) {
      in.close();
    }
    out.close();
    Files.deleteIfExists(fresh);
  }
}
