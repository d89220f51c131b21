package tf.grid.hub.space;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import tf.grid.hub.chunk.ChunkId;

/**
 * The chunks that a collection has found unused, in a file in the order of their ids, for stores
 * that do not know when a chunk was stored: only what was unused a grace period ago and still is
 * may be deleted. Reads the list of an earlier collection while it writes the next one. Not
 * thread-safe.
 */
final class UnusedList implements Closeable {
  private final Path file;
  private final Path next;
  private final DataOutputStream out;
  private final DataInputStream in;
  private final boolean oldEnough;
  private ChunkId head;
  private boolean begun;

  /**
   * Opens the list.
   *
   * @param oldest a list that was written before this time counts
   * @param now when the next list is begun
   */
  UnusedList(Path file, Instant oldest, Instant now) throws IOException {
    this.file = file;
    this.next = file.resolveSibling(".tmp-" + file.getFileName());
    Files.createDirectories(file.getParent());
    DataInputStream old = open(file);
    this.oldEnough = old != null && Instant.ofEpochMilli(old.readLong()).isBefore(oldest);
    this.in = old;
    this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(next)));
    out.writeLong(now.toEpochMilli());
  }

  private static DataInputStream open(Path file) throws IOException {
    try {
      return Files.size(file) < Long.BYTES
          ? null
          : new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
    } catch (NoSuchFileException first) {
      return null;
    }
  }

  /**
   * Adds an unused chunk; ids come in their order.
   *
   * @return whether it may be deleted: an old enough list has it
   */
  boolean add(ChunkId id) throws IOException {
    out.writeLong(id.high());
    out.writeLong(id.low());
    if (!oldEnough) {
      return false;
    }
    if (!begun) {
      begun = true;
      head = read();
    }
    while (head != null && head.compareTo(id) < 0) {
      head = read();
    }
    return id.equals(head);
  }

  private ChunkId read() throws IOException {
    byte[] id = new byte[ChunkId.LENGTH];
    return in.readNBytes(id, 0, id.length) == id.length ? ChunkId.at(id, 0) : null;
  }

  /**
   * Replaces the list, unless the old one is still needed.
   *
   * @param deleted whether the chunks of the old list were deleted
   */
  void finish(boolean deleted) throws IOException {
    out.close();
    if (in == null || (oldEnough && deleted)) {
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
    if (in != null) {
      in.close();
    }
    Files.deleteIfExists(next);
  }
}
