package tf.grid.hub.audit;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Formats an audit entry as one line of JSON, without characters that could end the line, control a
 * terminal or change the text direction.
 */
final class AuditLine {

  /** Maximum length of a text in characters; longer ones are cut. */
  static final int MAX_TEXT = 512;

  /** A signed or encrypted token that ended up in a text by mistake. */
  private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]*\\.[\\w-]*\\.[\\w.-]*");

  private AuditLine() {}

  static String of(Instant time, AuditEntry entry) {
    return of(time, entry, Optional.empty());
  }

  /**
   * The line of an entry.
   *
   * @param request the id of the request, if there is one
   */
  static String of(Instant time, AuditEntry entry, Optional<String> request) {
    JsonObjectBuilder line =
        Json.createObjectBuilder().add("time", time.toString()).add("action", entry.action());
    entry.user().ifPresent(user -> line.add("user", text(user)));
    entry.account().ifPresent(account -> line.add("account", text(account)));
    JsonObjectBuilder names = Json.createObjectBuilder();
    entry.names().forEach((what, name) -> names.add(text(what), text(name)));
    line.add("names", names);
    entry.from().ifPresent(from -> line.add("from", text(from)));
    entry.token().ifPresent(token -> line.add("token", text(token)));
    request.ifPresent(id -> line.add("request", id));
    line.add("status", entry.status());
    entry.message().ifPresent(message -> line.add("message", text(message)));
    entry.took().map(Duration::toMillis).ifPresent(millis -> line.add("millis", millis));
    return visible(line.build().toString());
  }

  /** The line that reports lost lines. */
  static String gap(Instant time, long lost) {
    return Json.createObjectBuilder()
        .add("time", time.toString())
        .add("action", "gap")
        .add("lost", lost)
        .build()
        .toString();
  }

  private static String text(String text) {
    String clean = TOKEN.matcher(text).replaceAll("(redacted)");
    return clean.length() <= MAX_TEXT ? clean : clean.substring(0, MAX_TEXT) + "...";
  }

  /** Special characters can only occur inside JSON strings, where they can be escaped. */
  private static String visible(String json) {
    StringBuilder line = new StringBuilder(json.length());
    json.codePoints()
        .forEach(
            c -> {
              if (isVisible(c)) {
                line.appendCodePoint(c);
              } else {
                for (char half : Character.toChars(c)) {
                  line.append(String.format("\\u%04x", (int) half));
                }
              }
            });
    return line.toString();
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
