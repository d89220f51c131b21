package tf.grid.hub.site;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tf.grid.hub.catalogue.name.ReservedWords;

/**
 * A page of the site and who may see it.
 *
 * @param view the file that it is made from
 * @param forUsers whether visitors have to sign in first
 * @param publishing whether there is nothing to do on it where nothing can be changed
 * @param streaming whether its forms are read while they arrive, by a servlet that decides itself
 */
record SitePage(String view, boolean forUsers, boolean publishing, boolean streaming) {

  /**
   * Whether it has what only its visitor may know and what stays the same for some time, as the
   * tokens of forms do. What such a page is made from and what it shows of the address must not be
   * packed together: its length would tell whether both have the same letters.
   */
  boolean keepsSecrets() {
    return forUsers;
  }

  private static final String DIRECTORY = "/WEB-INF/pages/";

  private static final Map<String, SitePage> AT =
      Map.of(
          "/docker-convert", publishing("docker-convert", true),
          "/login-method", forAll("login-method"),
          "/logout", forAll("logout"),
          "/merge", publishing("merge", false),
          "/openapi-ui", forAll("api"),
          "/readonly", forAll("readonly"),
          "/search", forAll("search"),
          "/token", forUsers("token"),
          "/upload", publishing("upload", true),
          "/upload-flist", publishing("upload-flist", true));

  private static final String EARLIER_TOKENS = "/token/";

  /** What the addresses of pages about flists end with. */
  private static final String PREVIEW = ".md";

  /**
   * The page at an address of the site, if there is one.
   *
   * @param parts of its path, decoded
   * @param has tells whether the address has a parameter
   */
  static Optional<SitePage> at(List<String> parts, Predicate<String> has) {
    if (parts.isEmpty()) {
      return Optional.of(forAll("home"));
    }
    if (ReservedWords.contains(parts.get(0)) || parts.get(0).startsWith(".")) {
      String path = "/" + String.join("/", parts);
      return path.startsWith(EARLIER_TOKENS)
          ? Optional.of(forAll("token-link"))
          : Optional.ofNullable(AT.get(path));
    }
    return ofRepository(parts, has);
  }

  private static Optional<SitePage> ofRepository(List<String> parts, Predicate<String> has) {
    if (parts.size() == 1) {
      return Optional.of(has.test("manage") ? publishing("manage", false) : forAll("repository"));
    }
    if (parts.size() == 3 && parts.get(1).equals("tags")) {
      return Optional.of(forAll("tag"));
    }
    if (parts.size() != 2) {
      return Optional.empty();
    }
    if (!parts.get(1).endsWith(PREVIEW)) {
      return Optional.of(forAll("tag"));
    }
    if (has.test("diff")) {
      return Optional.of(forAll("diff"));
    }
    if (has.test("in")) {
      return Optional.of(forAll("flist-found"));
    }
    return Optional.of(forAll(has.test("path") ? "flist-path" : "flist"));
  }

  private static SitePage forAll(String name) {
    return new SitePage(DIRECTORY + name + ".xhtml", false, false, false);
  }

  private static SitePage forUsers(String name) {
    return new SitePage(DIRECTORY + name + ".xhtml", true, false, false);
  }

  private static SitePage publishing(String name, boolean streaming) {
    return new SitePage(DIRECTORY + name + ".xhtml", true, true, streaming);
  }
}
