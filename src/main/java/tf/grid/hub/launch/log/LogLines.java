package tf.grid.hub.launch.log;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Formats the log of {@code hub.jar}: one line per message, as text or as JSON. In text, a stack
 * trace follows on lines of its own; in JSON it is a field. Thread-safe.
 */
public final class LogLines extends Formatter {

  /** The property with the format: {@code text} or {@code json}. */
  public static final String FORMAT = "hub.log.format";

  private static final String JSON = "json";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

  private final boolean json;
  private final Supplier<Optional<String>> requestId;

  /** Created by the logging configuration, before there are requests. */
  public LogLines() {
    this(JSON.equals(System.getProperty(FORMAT)), Optional::empty);
  }

  /**
   * Creates a formatter for a running hub.
   *
   * @param requestId the id of the request that the calling thread processes
   */
  public LogLines(boolean json, Supplier<Optional<String>> requestId) {
    this.json = json;
    this.requestId = requestId;
  }

  /**
   * Formats the log from now on. Reads the format where the application reads it, because the log
   * begins before the application.
   */
  public static void install() {
    if (System.getProperty(FORMAT) == null) {
      Optional.ofNullable(System.getenv("HUB_LOG_FORMAT"))
          .or(LogLines::formatInFile)
          .ifPresent(format -> System.setProperty(FORMAT, format.strip()));
    }
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      handler.setFormatter(new LogLines());
    }
  }

  private static Optional<String> formatInFile() {
    String name =
        Optional.ofNullable(System.getProperty("hub.config-file"))
            .or(() -> Optional.ofNullable(System.getenv("HUB_CONFIG_FILE")))
            .orElse("config/hub.properties");
    Properties file = new Properties();
    try (Reader text = Files.newBufferedReader(Path.of(name.strip()))) {
      file.load(text);
    } catch (IOException | IllegalArgumentException e) {
      // The application reports it if the file was named.
      return Optional.empty();
    }
    return Optional.ofNullable(file.getProperty(FORMAT));
  }

  @Override
  public String format(LogRecord message) {
    return json ? asJson(message) : asText(message);
  }

  private String asText(LogRecord message) {
    StringBuilder line = new StringBuilder();
    line.append(TIME.format(message.getInstant().atZone(ZoneId.systemDefault())))
        .append(String.format(Locale.ROOT, " %-7s ", message.getLevel().getName()))
        .append(message.getLoggerName())
        .append(": ")
        .append(formatMessage(message));
    requestId.get().ifPresent(id -> line.append(" [request ").append(id).append(']'));
    line.append(System.lineSeparator());
    if (message.getThrown() != null) {
      line.append(trace(message.getThrown()));
    }
    return line.toString();
  }

  private String asJson(LogRecord message) {
    StringBuilder line = new StringBuilder("{");
    add(line, "time", message.getInstant().toString());
    add(line, "level", message.getLevel().getName());
    add(line, "logger", String.valueOf(message.getLoggerName()));
    add(line, "message", formatMessage(message));
    requestId.get().ifPresent(id -> add(line, "request", id));
    if (message.getThrown() != null) {
      add(line, "trace", trace(message.getThrown()));
    }
    return line.append('}').append(System.lineSeparator()).toString();
  }

  private static void add(StringBuilder line, String name, String value) {
    if (line.length() > 1) {
      line.append(',');
    }
    line.append('"').append(name).append("\":\"");
    value
        .chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                line.append('\\').append((char) c);
              } else if (c < ' ' || c > '~') {
                line.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                line.append((char) c);
              }
            });
    line.append('"');
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
