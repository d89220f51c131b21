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

/**
 * The pack files of a directory, by number. Holds nothing open. Threads may share it.
 *
 * @param directory where they are
 */
public record PackFiles(Path directory) {
  private static final Pattern NAME = Pattern.compile("([0-9]{8,10})\\.pack");

  public Path file(int number) {
    return directory.resolve(String.format(Locale.ROOT, "%08d.pack", number));
  }

  /** The numbers of the packs there are, ascending. */
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

  /** Length of a pack in bytes; 0 when there is no such file. */
  public long size(int number) throws IOException {
    Path file = file(number);
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /** Opens a pack for writing, made when missing; its name is durable when this returns. */
  FileChannel openToWrite(int number) throws IOException {
    boolean made = !Files.exists(file(number));
    FileChannel pack =
        FileChannel.open(file(number), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    if (made) {
      try (FileChannel names = FileChannel.open(directory)) {
        names.force(true);
      } catch (IOException e) {
        pack.close();
        throw e;
      }
    }
    return pack;
  }

  /**
   * Fills a buffer from a place of a file.
   *
   * @throws EOFException when the file ends before it is full
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
