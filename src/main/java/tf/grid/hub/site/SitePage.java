package tf.grid.hub.site;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tf.grid.hub.catalogue.name.ReservedWords;

/**
 * A page of the site and who may see it.
 *
 * @param view the page file
 * @param forUsers whether visitors must be signed in
 * @param publishing whether the page is useless in read-only mode
 * @param streaming whether its forms are processed by a servlet while they arrive
 * @param operating whether only administrators may see it
 */
record SitePage(
    String view, boolean forUsers, boolean publishing, boolean streaming, boolean operating) {

  /**
   * Whether the page contains long-lived secrets, such as form tokens. Such a page must not be
   * compressed, because it also contains text from the URL, and the compressed length would reveal
   * whether both have common substrings (BREACH).
   */
  boolean keepsSecrets() {
    return forUsers;
  }

  /**
   * Whether everybody who is not signed in sees the same at the same address, as long as the
   * catalogue does not change.
   */
  boolean isOfCatalogue() {
    return OF_CATALOGUE.contains(view);
  }

  private static final String DIRECTORY = "/WEB-INF/pages/";

  private static final Set<String> OF_CATALOGUE =
      Stream.of("home", "repository", "tag", "flist", "flist-path")
          .map(name -> DIRECTORY + name + ".xhtml")
          .collect(Collectors.toUnmodifiableSet());

  private static final Map<String, SitePage> AT =
      Map.ofEntries(
          Map.entry("/admin", new SitePage(DIRECTORY + "admin.xhtml", true, false, false, true)),
          Map.entry("/docker-convert", publishing("docker-convert", true)),
          Map.entry("/login-method", forAll("login-method")),
          Map.entry("/logout", forAll("logout")),
          Map.entry("/merge", publishing("merge", false)),
          Map.entry("/openapi-ui", forAll("api")),
          Map.entry("/readonly", forAll("readonly")),
          Map.entry("/search", forAll("search")),
          Map.entry("/token", forUsers("token")),
          Map.entry("/upload", publishing("upload", true)),
          Map.entry("/upload-flist", publishing("upload-flist", true)));

  private static final String EARLIER_TOKENS = "/token/";

  /** Suffix of the URLs of pages about flists. */
  private static final String PREVIEW = ".md";

  /**
   * Returns the page for a URL, if there is one.
   *
   * @param parts decoded segments of the path
   * @param has whether the URL has a parameter
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
    if (has.test("view") && has.test("path")) {
      return Optional.of(forAll("flist-sizes"));
    }
    return Optional.of(forAll(has.test("path") ? "flist-path" : "flist"));
  }

  private static SitePage forAll(String name) {
    return new SitePage(DIRECTORY + name + ".xhtml", false, false, false, false);
  }

  private static SitePage forUsers(String name) {
    return new SitePage(DIRECTORY + name + ".xhtml", true, false, false, false);
  }

  private static SitePage publishing(String name, boolean streaming) {
    return new SitePage(DIRECTORY + name + ".xhtml", true, true, streaming, false);
  }
}
