package tf.grid.hub.store.embedded.pack;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/**
 * Reads chunks from packs and keeps recently used files open: opening and closing a file costs more
 * than reading a small chunk. A file has one reader at a time, since interrupting a reader closes
 * its channel; so the number of open files is at most the number of readers plus {@code limit}.
 * Thread-safe.
 *
 * <p>If a user deletes a pack, it can be read until it is closed here.
 */
public final class OpenPacks implements Closeable {
  private final PackFiles packs;
  private final int limit;

  /** Files without a reader, most recently used first. Guards itself and the fields below. */
  private final Deque<Open> idle = new ArrayDeque<>();

  private final Set<Integer> deleted = new HashSet<>();
  private boolean closed;

  private record Open(int number, FileChannel file) {}

  /**
   * Keeps up to {@code limit} idle files open.
   *
   * @param limit maximum number of open files without a reader, at least 1
   */
  public OpenPacks(PackFiles packs, int limit) {
    this.packs = packs;
    this.limit = limit;
  }

  /**
   * Returns the bytes at a location, without verification.
   *
   * @throws EOFException if the pack ends before them
   * @throws java.nio.file.NoSuchFileException if the pack does not exist
   */
  public byte[] read(ChunkLocation place) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(place.length());
    FileChannel file = take(place.pack());
    try {
      PackFiles.readFully(file, bytes, place.position());
    } catch (IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
    keep(new Open(place.pack(), file));
    return bytes.array();
  }

  private FileChannel take(int number) throws IOException {
    synchronized (idle) {
      for (Iterator<Open> all = idle.iterator(); all.hasNext(); ) {
        Open open = all.next();
        if (open.number() == number) {
          all.remove();
          return open.file();
        }
      }
    }
    return FileChannel.open(packs.file(number));
  }

  private void keep(Open used) throws IOException {
    Open tooMuch = used;
    synchronized (idle) {
      if (!closed && !deleted.contains(used.number())) {
        idle.addFirst(used);
        tooMuch = idle.size() > limit ? idle.removeLast() : null;
      }
    }
    if (tooMuch != null) {
      tooMuch.file().close();
    }
  }

  /**
   * Closes a pack that is about to be deleted, so that its space is freed: now if nobody reads it,
   * else when that is done.
   */
  public void forget(int number) throws IOException {
    synchronized (idle) {
      deleted.add(number);
      for (Iterator<Open> all = idle.iterator(); all.hasNext(); ) {
        Open open = all.next();
        if (open.number() == number) {
          all.remove();
          open.file().close();
        }
      }
    }
  }

  /** Closes idle files; the others are closed by their readers. */
  @Override
  public void close() throws IOException {
    synchronized (idle) {
      closed = true;
      while (!idle.isEmpty()) {
        idle.removeFirst().file().close();
      }
    }
  }
}
