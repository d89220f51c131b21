package tf.grid.hub.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Valid input from the files of other tests. */
final class Seeds {
  private static final Path RESOURCES = Path.of("src/test/resources");

  private Seeds() {}

  /** The files of a directory whose names end so, in the order of their names. */
  static List<byte[]> files(String directory, String end) throws IOException {
    List<byte[]> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(RESOURCES.resolve(directory))) {
      for (Path file : all.filter(path -> path.toString().endsWith(end)).sorted().toList()) {
        files.add(Files.readAllBytes(file));
      }
    }
    return files;
  }

  static byte[] unpacked(byte[] gzip) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes();
  }

  /** A refusal has a message, which fits on a page. */
  static void checkMessage(Exception refused) {
    String message = String.valueOf(refused.getMessage());
    if (refused.getMessage() == null || message.isBlank() || message.length() > 5_000) {
      throw new AssertionError("a refusal without a message that helps: " + message, refused);
    }
  }
}
