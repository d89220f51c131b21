package tf.grid.hub.store.lease;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tf.grid.hub.chunk.ChunkId;

/**
 * The finished files of a log of uses. Files of one span of time are merged until each has at least
 * twice as many ids as the next one. So together they have less than twice as many as there are
 * different ids, and merging costs little for each id. Not thread-safe.
 */
final class UseSegments {
  private static final Logger LOG = System.getLogger(UseSegments.class.getName());
  private static final Pattern NAME = Pattern.compile("(\\d{10})-(\\d{1,18})\\.(ids|sorted)");
  private static final String SORTED = "sorted";
  private static final String LOGGED = "ids";

  private final Path directory;
  private final Duration span;
  private final List<Segment> all = new ArrayList<>();
  private int firstFree;

  /**
   * A finished file.
   *
   * @param number increases from file to file
   * @param started no id in it was used earlier
   * @param ended no id in it was used later
   * @param ids number of ids
   * @param sorted whether the ids are in their order, without duplicates
   */
  record Segment(int number, Instant started, Instant ended, Path file, long ids, boolean sorted) {

    /** Whether it is known to be sorted, or short enough to be sorted in memory. */
    private boolean isMergeable() {
      return sorted || ids <= UseJournal.MOST_IDS;
    }
  }

  private UseSegments(Path directory, Duration span) {
    this.directory = directory;
    this.span = span;
  }

  /** Finds the files in a directory, which is created if necessary. */
  static UseSegments find(Path directory, Duration span, Instant now) throws IOException {
    Files.createDirectories(directory);
    UseSegments segments = new UseSegments(directory, span);
    Files.deleteIfExists(segments.temporary());
    segments.find(now);
    segments.merge();
    return segments;
  }

  private void find(Instant now) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.{ids,sorted}")) {
      found.forEach(files::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    files.sort(null);
    for (Path file : files) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      if (name.matches()) {
        Instant started = Instant.ofEpochMilli(Long.parseLong(name.group(2)));
        add(
            new Segment(
                Integer.parseInt(name.group(1)),
                started,
                ended(file, started, now),
                file,
                Files.size(file) / ChunkId.LENGTH,
                name.group(3).equals(SORTED)));
      }
    }
  }

  /** The last uses may not have been written, because their ids were in the file already. */
  private Instant ended(Path file, Instant started, Instant now) throws IOException {
    Instant written = Files.getLastModifiedTime(file).toInstant();
    Instant over = Instant.ofEpochMilli((spanOf(started) + 1) * span.toMillis());
    Instant ended = written.isAfter(over) ? written : over;
    return ended.isAfter(now) ? now : ended;
  }

  boolean isSameSpan(Instant one, Instant other) {
    return spanOf(one) == spanOf(other);
  }

  private long spanOf(Instant time) {
    return Math.floorDiv(time.toEpochMilli(), span.toMillis());
  }

  int nextNumber() {
    return all.isEmpty() ? 0 : all.get(all.size() - 1).number() + 1;
  }

  /** The name of a new file, which is not a finished one yet. */
  Path newFile(int number, Instant started) {
    return file(number, started, LOGGED);
  }

  private Path file(int number, Instant started, String ending) {
    return directory.resolve(
        String.format(Locale.ROOT, "%010d-%d.%s", number, started.toEpochMilli(), ending));
  }

  private Path temporary() {
    return directory.resolve("merged.tmp");
  }

  /** Adds the next file, and merges what can be merged. */
  void append(Segment segment) throws IOException {
    add(segment);
    merge();
  }

  private void add(Segment segment) throws IOException {
    if (segment.ids() > 0) {
      all.add(segment);
    } else {
      Files.deleteIfExists(segment.file());
    }
  }

  /** Newer files first: what was merged may be long enough for the file before it. */
  private void merge() {
    for (int i = all.size() - 1; i > 0; i--) {
      Segment older = all.get(i - 1);
      Segment newer = all.get(i);
      if (older.number() >= firstFree
          && isSameSpan(older.started(), newer.started())
          && older.ids() < 2 * newer.ids()
          && older.isMergeable()
          && newer.isMergeable()) {
        try {
          all.set(i - 1, merged(older, newer));
          all.remove(i);
        } catch (IOException e) {
          LOG.log(Level.WARNING, "files of used chunks could not be merged: {0}", e.toString());
          removeTemporary();
          return;
        }
      }
    }
  }

  /** A disk that was too full for it needs the space. */
  private void removeTemporary() {
    try {
      Files.deleteIfExists(temporary());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a part of a file of used chunks is left: {0}", e.toString());
    }
  }

  private Segment merged(Segment older, Segment newer) throws IOException {
    Path file = file(newer.number(), older.started(), SORTED);
    long ids = IdFile.merge(older, newer, temporary());
    Files.move(temporary(), file, StandardCopyOption.ATOMIC_MOVE);
    for (Segment source : List.of(older, newer)) {
      if (!source.file().equals(file)) {
        Files.deleteIfExists(source.file());
      }
    }
    Instant ended = older.ended().isAfter(newer.ended()) ? older.ended() : newer.ended();
    return new Segment(newer.number(), older.started(), ended, file, ids, true);
  }

  /** Deletes the files whose ids were all used before a time and a file, unless they are held. */
  void forget(Instant before, int firstNeeded) throws IOException {
    for (Segment segment : List.copyOf(all)) {
      if (segment.number() >= firstFree
          && segment.number() < firstNeeded
          && segment.ended().isBefore(before)) {
        Files.deleteIfExists(segment.file());
        all.remove(segment);
      }
    }
  }

  /** All files, oldest first, which stay until {@link #release}. */
  List<Segment> hold() {
    firstFree = nextNumber();
    return List.copyOf(all);
  }

  void release() {
    firstFree = 0;
  }
}
