package tf.grid.hub.account.login;

import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A redirect target on this site. It cannot be interpreted as the URL of another site.
 *
 * @param value a path with an optional query, in ASCII as in a request line
 */
public record LocalPath(String value) implements Serializable {

  private static final int MAX_LENGTH = 2048;

  /** One slash, not followed by a second slash or a backslash, which browsers treat as a slash. */
  private static final Pattern FORM = Pattern.compile("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\#]]*");

  public static final LocalPath HOME = new LocalPath("/");

  /**
   * Validates the path.
   *
   * @throws IllegalArgumentException if it is not a path on this site
   */
  public LocalPath {
    if (!isLocal(value)) {
      throw new IllegalArgumentException("not a path of this site");
    }
  }

  /** Parses a path sent by a visitor; empty if it is invalid. */
  public static Optional<LocalPath> of(String text) {
    return Optional.ofNullable(text).filter(LocalPath::isLocal).map(LocalPath::new);
  }

  private static boolean isLocal(String text) {
    return text.length() <= MAX_LENGTH && FORM.matcher(text).matches();
  }

  /**
   * Redirects a browser to this path. The Location is relative, because behind a proxy the server
   * does not know its public URL.
   */
  public void redirect(HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", value);
  }

  /** The path, escaped as a query parameter value. */
  public String escaped() {
    return QueryString.escaped(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
