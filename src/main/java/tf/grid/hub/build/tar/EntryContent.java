package tf.grid.hub.build.tar;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import tf.grid.hub.build.tar.header.SparseMap;

/** The content of one entry while it is read: data and holes. Not thread-safe. */
final class EntryContent {
  private final SparseMap map;
  private final long size;
  private final long padding;
  private long stored;
  private long position;
  private int region;
  private long filled;

  private EntryContent(long stored, long size, SparseMap map) {
    this.stored = stored;
    this.padding = -stored & (BlockInput.BLOCK - 1);
    this.size = size;
    this.map = map;
  }

  /** The content of entries without content. */
  static EntryContent none() {
    return plain(0);
  }

  static EntryContent plain(long stored) {
    return new EntryContent(stored, stored, null);
  }

  static EntryContent sparse(long stored, SparseMap map) {
    return new EntryContent(stored, map.size(), map);
  }

  /** Size in bytes including holes. */
  long size() {
    return size;
  }

  void read(BlockInput in, byte[] into, int offset, int length) throws IOException {
    if (length > size - position) {
      throw new EOFException("the entry has only " + (size - position) + " bytes left");
    }
    int done = 0;
    while (done < length) {
      int count = (int) Math.min(length - done, untilEdge());
      if (isHole()) {
        Arrays.fill(into, offset + done, offset + done + count, (byte) 0);
        filled += count;
      } else {
        in.fully(into, offset + done, count);
        stored -= count;
      }
      done += count;
      position += count;
      passRegions();
    }
  }

  /** Number of bytes from the current position that are a hole. */
  long hole() {
    long next = untilEdge();
    return isHole() ? next : 0;
  }

  /** Number of zeros of holes that were returned to callers. */
  long filled() {
    return filled;
  }

  void skipHole(long length) {
    if (length > hole()) {
      throw new IllegalArgumentException("the hole has only " + hole() + " bytes");
    }
    position += length;
    passRegions();
  }

  void skipRest(BlockInput in) throws IOException {
    in.skip(stored + padding);
    stored = 0;
  }

  private boolean isHole() {
    return map != null && (region == map.regions() || position < map.start(region));
  }

  private long untilEdge() {
    if (map == null || region == map.regions()) {
      return size - position;
    }
    passRegions();
    if (region == map.regions()) {
      return size - position;
    }
    return (position < map.start(region) ? map.start(region) : map.end(region)) - position;
  }

  private void passRegions() {
    while (map != null && region < map.regions() && position >= map.end(region)) {
      region++;
    }
  }
}
