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
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A log of digests, one per line: digest, inode, size and both times. A lost line costs only one
 * computation, so the log is not synced, and incomplete lines are skipped. Thread-safe.
 */
final class Md5Log implements Closeable {

  private static final System.Logger LOG = System.getLogger(Md5Log.class.getName());

  private static final Pattern LINE =
      Pattern.compile("([0-9a-f]{32}) (\\d{1,18}) (\\d{1,18}) (-?\\d{1,19}) (-?\\d{1,19})");

  private final FileChannel channel;

  private Md5Log(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Opens or creates a log and removes superseded lines.
   *
   * @param file its directory must exist
   * @param capacity number of latest lines to keep
   * @param each receives the entries, oldest first
   */
  static Md5Log open(Path file, int capacity, Consumer<Fingerprint> each) throws IOException {
    Map<FileIdentity, Fingerprint> kept =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<FileIdentity, Fingerprint> eldest) {
            return size() > capacity;
          }
        };
    if (Files.exists(file)) {
      read(file, kept);
    }
    kept.values().forEach(each);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (Writer writer = Files.newBufferedWriter(fresh)) {
      for (Fingerprint fingerprint : kept.values()) {
        writer.write(line(fingerprint));
      }
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    return new Md5Log(FileChannel.open(file, StandardOpenOption.APPEND));
  }

  /** Appends a line. A full disk only causes a warning. */
  synchronized void append(Fingerprint fingerprint) {
    try {
      channel.write(ByteBuffer.wrap(line(fingerprint).getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "could not cache a digest: {0}", e.toString());
    }
  }

  private static void read(Path file, Map<FileIdentity, Fingerprint> into) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.ISO_8859_1))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        parse(line)
            .ifPresent(
                found -> {
                  into.remove(found.identity());
                  into.put(found.identity(), found);
                });
      }
    }
  }

  private static String line(Fingerprint found) {
    FileIdentity id = found.identity();
    return "%s %d %d %d %d%n"
        .formatted(found.md5(), id.inode(), id.size(), id.modifiedNanos(), id.changedNanos());
  }

  private static Optional<Fingerprint> parse(String line) {
    Matcher fields = LINE.matcher(line);
    if (!fields.matches()) {
      return Optional.empty();
    }
    try {
      FileIdentity identity =
          new FileIdentity(
              Long.parseLong(fields.group(2)),
              Long.parseLong(fields.group(3)),
              Long.parseLong(fields.group(4)),
              Long.parseLong(fields.group(5)));
      return Optional.of(new Fingerprint(identity, fields.group(1)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
