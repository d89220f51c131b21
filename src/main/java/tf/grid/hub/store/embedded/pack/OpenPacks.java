package tf.grid.hub.store.embedded.pack;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Reads places of packs, and keeps the files that were read last open for the next reader: opening
 * and closing one costs more than reading a small chunk. A file has one reader at a time, since an
 * interrupted reader closes its channel and must not close another's; so there are at most as many
 * open files as there are readers, and {@code limit} more. Threads may share it.
 *
 * <p>Nobody deletes packs while a store is open. If a hand does, a file that is open here is read
 * on until it is closed.
 */
public final class OpenPacks implements Closeable {
  private final PackFiles packs;
  private final int limit;

  /** Those that nobody reads just now, the last used first. Guards itself and {@code closed}. */
  private final Deque<Open> idle = new ArrayDeque<>();

  private boolean closed;

  private record Open(int number, FileChannel file) {}

  /**
   * Keeps some packs open.
   *
   * @param limit files that are kept open without a reader, 1 or more
   */
  public OpenPacks(PackFiles packs, int limit) {
    this.packs = packs;
    this.limit = limit;
  }

  /**
   * The bytes at a place, whatever they are.
   *
   * @throws EOFException when the pack ends before them
   * @throws java.nio.file.NoSuchFileException when there is no such pack
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
      if (!closed) {
        idle.addFirst(used);
        tooMuch = idle.size() > limit ? idle.removeLast() : null;
      }
    }
    if (tooMuch != null) {
      tooMuch.file().close();
    }
  }

  /** Closes what nobody reads; the others are closed by their readers. */
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
