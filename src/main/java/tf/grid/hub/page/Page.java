package tf.grid.hub.page;

import java.util.Map;
import java.util.Optional;

/**
 * A page of the site and who may see it.
 *
 * @param view the file that it is made from
 * @param forUsers whether visitors have to sign in first
 */
record Page(String view, boolean forUsers) {

  private static final String DIRECTORY = "/WEB-INF/pages/";

  private static final Map<String, Page> AT =
      Map.of(
          "/login-method", forAll("login-method"),
          "/logout", forAll("logout"),
          "/merge", forUsers("merge"),
          "/openapi-ui", forAll("api"),
          "/token", forUsers("token"));

  private static final String EARLIER_TOKENS = "/token/";

  /** The page at a path of the site, if there is one. */
  static Optional<Page> at(String path) {
    boolean ended = path.length() > 1 && path.endsWith("/");
    String plain = ended ? path.substring(0, path.length() - 1) : path;
    if (plain.startsWith(EARLIER_TOKENS)) {
      return Optional.of(forAll("token-link"));
    }
    return Optional.ofNullable(AT.get(plain));
  }

  private static Page forAll(String name) {
    return new Page(DIRECTORY + name + ".xhtml", false);
  }

  private static Page forUsers(String name) {
    return new Page(DIRECTORY + name + ".xhtml", true);
  }
}
