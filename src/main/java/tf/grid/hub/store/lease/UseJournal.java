package tf.grid.hub.store.lease;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tf.grid.hub.chunk.ChunkId;

/**
 * A log of used ids in numbered files, each with the ids of a span of time. The log survives a
 * kill; a loss of power may cost the last moments of it. An id is repeated within a file only if
 * many others were used in between. Not thread-safe.
 */
final class UseJournal implements Closeable {
  private static final Pattern NAME = Pattern.compile("(\\d{10})-(\\d{1,18})\\.ids");
  private static final int BUFFER = 1 << 16;
  private static final int RECENT = 1 << 16;

  private final Path directory;
  private final List<Segment> closed = new ArrayList<>();
  private final long[] recent = new long[2 * RECENT];
  private int number;
  private Instant started;
  private Instant lastAdded;
  private FileChannel current;
  private Path currentFile;

  /**
   * A finished file.
   *
   * @param number increases from file to file
   * @param ended no id in it was used later
   */
  record Segment(int number, Path file, Instant ended) {}

  private UseJournal(Path directory) {
    this.directory = directory;
  }

  /** Opens the log in a directory, which is created if necessary. */
  static UseJournal open(Path directory, Instant now) throws IOException {
    Files.createDirectories(directory);
    UseJournal journal = new UseJournal(directory);
    journal.findSegments(now);
    journal.begin(now);
    return journal;
  }

  private void findSegments(Instant now) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "*.ids")) {
      all.forEach(files::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    files.sort(null);
    for (Path file : files) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      if (name.matches()) {
        number = Integer.parseInt(name.group(1)) + 1;
        Instant ended = Files.getLastModifiedTime(file).toInstant();
        closed.add(new Segment(number - 1, file, ended.isAfter(now) ? now : ended));
      }
    }
  }

  private void begin(Instant now) throws IOException {
    currentFile =
        directory.resolve(String.format(Locale.ROOT, "%010d-%d.ids", number, now.toEpochMilli()));
    current =
        FileChannel.open(currentFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    started = now;
    lastAdded = Instant.MIN;
    Arrays.fill(recent, 0);
  }

  /** The number of the current file: everything added from now on is in it or in later ones. */
  int number() {
    return number;
  }

  /** Whether the current file is older than this. */
  boolean isOlderThan(Duration age, Instant now) {
    return started.plus(age).isBefore(now);
  }

  /** Writes ids to the current file. */
  void add(Collection<ChunkId> ids, Instant now) throws IOException {
    lastAdded = now;
    ByteBuffer out = ByteBuffer.allocate(Math.min(BUFFER, ids.size() * ChunkId.LENGTH));
    for (ChunkId id : ids) {
      int slot = 2 * ((int) id.low() & (RECENT - 1));
      if (recent[slot] != id.high() || recent[slot + 1] != id.low()) {
        if (out.remaining() < ChunkId.LENGTH) {
          drain(out);
        }
        out.putLong(id.high()).putLong(id.low());
        recent[slot] = id.high();
        recent[slot + 1] = id.low();
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
      Arrays.fill(recent, 0);
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
    Segment ending = new Segment(number, currentFile, lastAdded);
    FileChannel before = current;
    number++;
    try {
      begin(now);
    } catch (IOException e) {
      number--;
      currentFile = ending.file();
      throw e;
    }
    before.close();
    closed.add(ending);
  }

  /** Deletes the finished files whose ids were all used before a time and a file. */
  void forget(Instant before, int firstNeeded) throws IOException {
    for (Segment segment : List.copyOf(closed)) {
      if (segment.ended().isBefore(before) && segment.number() < firstNeeded) {
        Files.deleteIfExists(segment.file());
        closed.remove(segment);
      }
    }
  }

  /** The finished files, oldest first. */
  List<Segment> segments() {
    return List.copyOf(closed);
  }

  /** Shows all ids of a finished file. */
  static void read(Path file, IdVisitor visitor) throws IOException {
    byte[] id = new byte[ChunkId.LENGTH];
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      while (in.readNBytes(id, 0, id.length) == id.length) {
        visitor.id(ChunkId.at(id, 0));
      }
    }
  }

  /** Gets ids. */
  @FunctionalInterface
  public interface IdVisitor {
    /** Gets one id, perhaps not for the first time. */
    void id(ChunkId id) throws IOException;
  }

  @Override
  public void close() throws IOException {
    current.close();
  }
}
