package tf.grid.hub.store.lease;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.lease.UseSegments.Segment;

/**
 * A log of used ids in numbered files, each with different ids that were used in one span of time.
 * The log survives a kill; a loss of power may cost the last moments of it. Not thread-safe.
 */
final class UseJournal implements Closeable {
  /** Ids in a file that is being written, and in memory; finished files are merged. */
  static final int MOST_IDS = 1 << 15;

  private static final int BUFFER = 1 << 16;

  private final UseSegments finished;

  /** What the current file has. */
  private final Set<ChunkId> ids = new HashSet<>();

  private int number;
  private Instant started;
  private Instant lastAdded;
  private FileChannel current;
  private Path currentFile;

  private UseJournal(UseSegments finished) {
    this.finished = finished;
  }

  /**
   * Opens the log in a directory, which is created if necessary.
   *
   * @param span how long uses are put together: an id is logged about once in that time
   */
  static UseJournal open(Path directory, Duration span, Instant now) throws IOException {
    UseJournal journal = new UseJournal(UseSegments.find(directory, span, now));
    journal.number = journal.finished.nextNumber();
    journal.begin(now);
    return journal;
  }

  private void begin(Instant now) throws IOException {
    Path file = finished.newFile(number, now);
    current = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    currentFile = file;
    started = now;
    lastAdded = now;
    ids.clear();
  }

  /** The number of the current file: everything added from now on is in it or in later ones. */
  int number() {
    return number;
  }

  /** Whether the span of time of the current file is over. */
  boolean isOver(Instant now) {
    return !finished.isSameSpan(started, now);
  }

  /** Writes ids. */
  void add(Collection<ChunkId> used, Instant now) throws IOException {
    lastAdded = now;
    ByteBuffer out = ByteBuffer.allocate(Math.min(BUFFER, used.size() * ChunkId.LENGTH));
    for (ChunkId id : used) {
      if (!ids.contains(id)) {
        if (ids.size() == MOST_IDS) {
          drain(out);
          rotate(now);
        }
        if (out.remaining() < ChunkId.LENGTH) {
          drain(out);
        }
        out.putLong(id.high()).putLong(id.low());
        ids.add(id);
      }
    }
    drain(out);
  }

  private void drain(ByteBuffer out) throws IOException {
    out.flip();
    long end = current.size();
    try {
      while (out.hasRemaining()) {
        current.write(out, end + out.position());
      }
    } catch (IOException e) {
      for (int at = 0; at < out.limit(); at += ChunkId.LENGTH) {
        ids.remove(new ChunkId(out.getLong(at), out.getLong(at + Long.BYTES)));
      }
      cut(end, e);
      throw e;
    }
    out.clear();
  }

  /** Removes a partial id, which would shift all later ones. */
  private void cut(long end, IOException why) {
    try {
      current.truncate(end);
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  /** Ends the current file and begins another. */
  void rotate(Instant now) throws IOException {
    Segment ending = new Segment(number, started, lastAdded, currentFile, ids.size(), false);
    FileChannel before = current;
    number++;
    try {
      begin(now);
    } catch (IOException e) {
      number--;
      throw e;
    }
    // All is written: a failure to close must not hide the file.
    finished.append(ending);
    before.close();
  }

  /** Deletes the finished files whose ids were all used before a time and a file. */
  void forget(Instant before, int firstNeeded) throws IOException {
    finished.forget(before, firstNeeded);
  }

  /** The finished files, oldest first, which stay until {@link #release}. */
  List<Segment> hold() {
    return finished.hold();
  }

  /** Ends {@link #hold}. */
  void release() {
    finished.release();
  }

  @Override
  public void close() throws IOException {
    current.close();
  }
}
