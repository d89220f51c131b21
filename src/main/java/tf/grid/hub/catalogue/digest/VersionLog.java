package tf.grid.hub.catalogue.digest;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A log of what was computed from versions of files, one per line: value, inode, size and both
 * times. A lost line costs only one computation, so the log is not synced, and incomplete lines are
 * skipped. Thread-safe.
 */
public final class VersionLog implements Closeable {

  private static final System.Logger LOG = System.getLogger(VersionLog.class.getName());

  private static final Pattern LINE =
      Pattern.compile("(\\S{1,64}) (\\d{1,18}) (\\d{1,18}) (-?\\d{1,19}) (-?\\d{1,19})");

  private final FileChannel channel;

  private VersionLog(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Opens or creates a log and removes superseded lines.
   *
   * @param file its directory must exist
   * @param capacity number of latest lines to keep
   * @param value of valid lines, without spaces
   * @param each receives the entries, oldest first
   */
  public static VersionLog open(
      Path file, int capacity, Pattern value, BiConsumer<FileIdentity, String> each)
      throws IOException {
    Map<FileIdentity, String> kept =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<FileIdentity, String> eldest) {
            return size() > capacity;
          }
        };
    if (Files.exists(file)) {
      read(file, value, kept);
    }
    kept.forEach(each);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (Writer writer = Files.newBufferedWriter(fresh)) {
      for (Map.Entry<FileIdentity, String> entry : kept.entrySet()) {
        writer.write(line(entry.getKey(), entry.getValue()));
      }
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    return new VersionLog(FileChannel.open(file, StandardOpenOption.APPEND));
  }

  /** Appends a line, of files in a directory only. A full disk only causes a warning. */
  public synchronized void append(ContentVersion version, String value) {
    if (!(version instanceof FileIdentity file)) {
      return;
    }
    try {
      channel.write(ByteBuffer.wrap(line(file, value).getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "could not cache what was computed: {0}", e.toString());
    }
  }

  private static void read(Path file, Pattern value, Map<FileIdentity, String> into)
      throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.ISO_8859_1))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher fields = LINE.matcher(line);
        if (fields.matches() && value.matcher(fields.group(1)).matches()) {
          version(fields)
              .ifPresent(
                  found -> {
                    into.remove(found);
                    into.put(found, fields.group(1));
                  });
        }
      }
    }
  }

  private static String line(FileIdentity id, String value) {
    return "%s %d %d %d %d%n"
        .formatted(value, id.inode(), id.size(), id.modifiedNanos(), id.changedNanos());
  }

  private static Optional<FileIdentity> version(Matcher fields) {
    try {
      return Optional.of(
          new FileIdentity(
              Long.parseLong(fields.group(2)),
              Long.parseLong(fields.group(3)),
              Long.parseLong(fields.group(4)),
              Long.parseLong(fields.group(5))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
