package tf.grid.hub.http.file;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Dates in the preferred format of RFC 9110, section 5.6.7. */
final class HttpDate {

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private HttpDate() {}

  static String of(long unixSeconds) {
    return FORM.format(Instant.ofEpochSecond(unixSeconds));
  }

  /** Returns Unix seconds; empty if the text has another format. */
  static Optional<Long> parse(String text) {
    try {
      return Optional.of(FORM.parse(text, Instant::from).getEpochSecond());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
