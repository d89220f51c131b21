package tf.grid.hub.page;

import java.util.Map;
import java.util.Optional;

/**
 * A page of the site and who may see it.
 *
 * @param view the file that it is made from
 * @param forUsers whether visitors have to sign in first
 * @param publishing whether there is nothing to do on it where nothing can be changed
 * @param streaming whether its forms are read while they arrive, by a servlet that decides itself
 */
record Page(String view, boolean forUsers, boolean publishing, boolean streaming) {

  private static final String DIRECTORY = "/WEB-INF/pages/";

  private static final Map<String, Page> AT =
      Map.of(
          "/docker-convert", publishing("docker-convert", true),
          "/login-method", forAll("login-method"),
          "/logout", forAll("logout"),
          "/merge", publishing("merge", false),
          "/openapi-ui", forAll("api"),
          "/readonly", forAll("readonly"),
          "/token", forUsers("token"),
          "/upload", publishing("upload", true),
          "/upload-flist", publishing("upload-flist", true));

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
    return new Page(DIRECTORY + name + ".xhtml", false, false, false);
  }

  private static Page forUsers(String name) {
    return new Page(DIRECTORY + name + ".xhtml", true, false, false);
  }

  private static Page publishing(String name, boolean streaming) {
    return new Page(DIRECTORY + name + ".xhtml", true, true, streaming);
  }
}
