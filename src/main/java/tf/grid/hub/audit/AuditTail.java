package tf.grid.hub.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the last entries of an audit log, of a few megabytes at most. Thread-safe; one thread reads
 * at a time.
 */
public final class AuditTail {
  /** Bytes of the log, and of the rotated one before it, that are searched. */
  private static final int MAX_BYTES = 2 << 20;

  private final Path file;
  private final Path rotated;

  /** Reads this file, and the one before it. */
  public AuditTail(Path file) {
    this.file = file;
    this.rotated = file.resolveSibling(file.getFileName() + ".1");
  }

  /**
   * Restricts entries.
   *
   * @param user who has acted; empty for all
   * @param action name of the action; empty for all
   * @param text occurs in the line; empty for all
   */
  public record Filter(String user, String action, String text) {
    private boolean accepts(JsonObject entry) {
      return (user.isEmpty() || entry.getString("user", "").equals(user))
          && (action.isEmpty() || entry.getString("action", "").equals(action));
    }
  }

  /**
   * Returns entries in the form of the log, newest first.
   *
   * @param limit number of entries
   */
  public synchronized List<JsonObject> last(Filter filter, int limit) throws IOException {
    List<JsonObject> found = new ArrayList<>();
    for (Path part : List.of(file, rotated)) {
      String[] lines = end(part).split("\n", -1);
      for (int i = lines.length - 1; i >= 0 && found.size() < limit; i--) {
        if (lines[i].contains(filter.text())) {
          parse(lines[i]).filter(filter::accepts).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  /** The end of a file from the beginning of a line on; empty if there is no file. */
  private static String end(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(size, MAX_BYTES));
      long start = size - bytes.capacity();
      int read = 0;
      while (bytes.hasRemaining() && read >= 0) {
        read = channel.read(bytes, start + bytes.position());
      }
      String text = new String(bytes.array(), 0, bytes.position(), UTF_8);
      return start == 0 ? text : text.substring(text.indexOf('\n') + 1);
    } catch (NoSuchFileException none) {
      return "";
    }
  }

  /** Empty for a line that is not complete yet. */
  private static Optional<JsonObject> parse(String line) {
    try (JsonReader reader = Json.createReader(new StringReader(line))) {
      return Optional.of(reader.readObject());
    } catch (JsonException e) {
      return Optional.empty();
    }
  }
}
