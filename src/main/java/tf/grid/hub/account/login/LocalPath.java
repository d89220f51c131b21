package tf.grid.hub.account.login;

import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place of this site to send a browser to: nothing that a browser could read as the address of
 * another one.
 *
 * @param value a path with an optional query, in ASCII as in a request line
 */
public record LocalPath(String value) implements Serializable {

  private static final int MAX_LENGTH = 2048;

  /** One slash, then neither a second one nor what browsers take for one. */
  private static final Pattern FORM = Pattern.compile("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\#]]*");

  /** The start page. */
  public static final LocalPath HOME = new LocalPath("/");

  /**
   * Checks the path.
   *
   * @throws IllegalArgumentException if it is none of this site
   */
  public LocalPath {
    if (!isLocal(value)) {
      throw new IllegalArgumentException("not a path of this site");
    }
  }

  /** The path that a visitor sent, if it is one. */
  public static Optional<LocalPath> of(String text) {
    return Optional.ofNullable(text).filter(LocalPath::isLocal).map(LocalPath::new);
  }

  private static boolean isLocal(String text) {
    return text.length() <= MAX_LENGTH && FORM.matcher(text).matches();
  }

  /**
   * Sends a browser here. The address is relative to the site: in front of a proxy the server does
   * not know its own.
   */
  public void redirect(HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", value);
  }

  /** The path as the value of a query's parameter. */
  public String escaped() {
    return QueryString.escaped(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
