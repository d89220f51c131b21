package tf.grid.hub.catalogue.name;

import java.util.Set;

/** First segments of URLs of the site or the server, which cannot be names of repositories. */
public final class ReservedWords {

  private static final Set<String> WORDS =
      Set.of(
          "me",
          "api",
          "admin",
          "health",
          "metrics",
          "openapi",
          "openapi.json",
          "openapi.yaml",
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

  public static boolean contains(String word) {
    return WORDS.contains(word);
  }
}
