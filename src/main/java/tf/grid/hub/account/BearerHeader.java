package tf.grid.hub.account;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the header {@code Authorization: bearer <token>}. */
final class BearerHeader {

  private static final Pattern FORM =
      Pattern.compile("bearer +([^ ]+) *", Pattern.CASE_INSENSITIVE);

  private BearerHeader() {}

  /** Returns the token, or empty if the header has another form. */
  static Optional<String> token(String header) {
    Matcher matcher = FORM.matcher(header);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
