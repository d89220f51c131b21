package tf.grid.hub.store.embedded.pack;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tf.grid.hub.store.CopiedFile;

/**
 * The numbered pack files in a directory. Thread-safe.
 *
 * @param directory of the files
 */
public record PackFiles(Path directory) {
  private static final Pattern NAME = Pattern.compile("([0-9]{8,10})\\.pack");

  public Path file(int number) {
    return directory.resolve(String.format(Locale.ROOT, "%08d.pack", number));
  }

  /** Returns the numbers of existing packs, ascending. */
  public List<Integer> numbers() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> NAME.matcher(file.getFileName().toString()))
          .filter(name -> name.matches())
          .map(name -> Integer.valueOf(name.group(1)))
          .sorted()
          .toList();
    }
  }

  /** Returns the size of a pack in bytes; 0 if it does not exist. */
  public long size(int number) throws IOException {
    Path file = file(number);
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /**
   * Copies packs that do not change any more: as hard links, or as copies on another disk.
   *
   * @param end the number of the first pack that is not copied
   * @return how many were copied
   */
  public int copyTo(Path target, int end) throws IOException {
    int copied = 0;
    for (int number : numbers()) {
      if (number < end) {
        CopiedFile.make(file(number), target.resolve(file(number).getFileName()));
        copied++;
      }
    }
    return copied;
  }

  /**
   * Finds out whether files can be created.
   *
   * @throws IOException if they cannot
   */
  public void probe() throws IOException {
    Path file = directory.resolve("probe.tmp");
    try {
      Files.write(file, new byte[] {1});
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Opens a pack for writing and creates it if necessary; its directory entry is durable when this
   * returns.
   */
  FileChannel openToWrite(int number) throws IOException {
    boolean made = !Files.exists(file(number));
    FileChannel pack =
        FileChannel.open(file(number), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    if (made) {
      try {
        syncNames();
      } catch (IOException e) {
        pack.close();
        throw e;
      }
    }
    return pack;
  }

  /** Deletes a pack if it exists; that is durable when this returns. */
  public void delete(int number) throws IOException {
    if (Files.deleteIfExists(file(number))) {
      syncNames();
    }
  }

  private void syncNames() throws IOException {
    try (FileChannel names = FileChannel.open(directory)) {
      names.force(true);
    }
  }

  /**
   * Fills a buffer from a position of a file.
   *
   * @throws EOFException if the file ends before the buffer is full
   */
  static void readFully(FileChannel file, ByteBuffer into, long position) throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int read = file.read(into, at);
      if (read < 0) {
        throw new EOFException("the file ends at " + at);
      }
      at += read;
    }
  }
}
