package tf.grid.hub.catalogue.statistics;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of counts. The first line has the time since when downloads are counted; each other line
 * has the number of downloads, the time of the last one and the path of a flist, and replaces
 * earlier lines for the same flist. An incomplete line is skipped. Not thread-safe.
 */
final class DownloadLog implements Closeable {
  private static final Pattern HEAD = Pattern.compile("downloads-since (\\d{1,12})");
  private static final Pattern LINE = Pattern.compile("(\\d{1,18}) (\\d{1,12}) (\\S+)");

  /** Superseded lines that a file may have besides as many as it has counts. */
  private static final int SPARE = 1_000;

  private final Path file;
  private FileChannel channel;
  private Instant since;
  private long lines;

  DownloadLog(Path file) {
    this.file = file;
  }

  /**
   * Reads all counts.
   *
   * @param now the time since when downloads are counted, if the file does not tell
   */
  void read(Instant now, Map<String, DownloadCount> counts) throws IOException {
    since = Instant.ofEpochSecond(now.getEpochSecond());
    if (Files.notExists(file)) {
      return;
    }
    try (BufferedReader reader = Files.newBufferedReader(file, ISO_8859_1)) {
      String head = reader.readLine();
      Matcher time = HEAD.matcher(head == null ? "" : head);
      if (time.matches()) {
        since = Instant.ofEpochSecond(Long.parseLong(time.group(1)));
      }
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        parse(line, counts);
      }
    }
  }

  private static void parse(String line, Map<String, DownloadCount> counts) {
    Matcher fields = LINE.matcher(line);
    if (!fields.matches()) {
      return;
    }
    String path;
    try {
      path = URLDecoder.decode(fields.group(3), UTF_8);
    } catch (IllegalArgumentException damaged) {
      return;
    }
    DownloadCount count =
        new DownloadCount(Long.parseLong(fields.group(1)), Long.parseLong(fields.group(2)));
    if (count.equals(DownloadCount.NONE)) {
      counts.remove(path);
    } else {
      counts.put(path, count);
    }
  }

  Instant since() {
    return since;
  }

  /** Adds lines, and waits until they are on disk. */
  void append(Map<String, DownloadCount> counts) throws IOException {
    StringBuilder text = new StringBuilder();
    counts.forEach((path, count) -> text.append(line(path, count)));
    ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(UTF_8));
    long end = channel.size();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      // The beginning of a line would spoil the next one.
      channel.truncate(end);
      throw e;
    }
    channel.force(false);
    lines += counts.size();
  }

  boolean isWorthRewriting(int counts) {
    return lines > 2L * counts + SPARE;
  }

  /** Replaces the file by one with these counts only. */
  void rewrite(Map<String, DownloadCount> counts) throws IOException {
    Path fresh = file.resolveSibling(".tmp-" + file.getFileName());
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (BufferedWriter writer = Files.newBufferedWriter(fresh)) {
      writer.write("downloads-since " + since.getEpochSecond() + "\n");
      write(counts, writer);
    }
    FileChannel opened =
        FileChannel.open(fresh, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    opened.force(true);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    close();
    channel = opened;
    lines = counts.size();
  }

  private static void write(Map<String, DownloadCount> counts, Writer writer) throws IOException {
    for (Map.Entry<String, DownloadCount> entry : counts.entrySet()) {
      writer.write(line(entry.getKey(), entry.getValue()));
    }
  }

  private static String line(String path, DownloadCount count) {
    return count.downloads() + " " + count.last() + " " + URLEncoder.encode(path, UTF_8) + "\n";
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
