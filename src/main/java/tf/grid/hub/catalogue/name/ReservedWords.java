package tf.grid.hub.catalogue.name;

import java.util.Set;

/**
 * The first parts of URLs that belong to the site or the server, so that no repository has them.
 */
public final class ReservedWords {

  private static final Set<String> WORDS =
      Set.of(
          "me",
          "api",
          "health",
          "metrics",
          "openapi",
          "openapi-ui",
          "upload",
          "upload-flist",
          "merge",
          "docker-convert",
          "search",
          "login",
          "login-method",
          "login-iyo",
          "login-oidc",
          "logout",
          "token",
          "callback_threebot",
          "callback_token",
          "callback_oidc",
          "_iyo_callback",
          "readonly",
          "listen",
          "tags",
          "static",
          "assets",
          "resources",
          "error",
          "index.html",
          "index.xhtml",
          "favicon.ico",
          "robots.txt",
          "jakarta.faces.resource",
          "jakarta.faces.push",
          "WEB-INF",
          "META-INF");

  private ReservedWords() {}

  /** Whether URLs that begin with this word are not a repository's. */
  public static boolean contains(String word) {
    return WORDS.contains(word);
  }
}
