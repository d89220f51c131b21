package tf.grid.hub.site.language;

import jakarta.servlet.http.Cookie;
import java.time.Duration;
import tf.grid.hub.access.AccessPolicy;
import tf.grid.hub.access.SiteCookie;

/** The cookie that keeps a visitor's choice of language. It says nothing about the visitor. */
public final class LanguageCookie {
  private static final Duration LIFE = Duration.ofDays(365);

  private LanguageCookie() {}

  /** A cookie for a year. */
  public static Cookie of(Language language, AccessPolicy policy) {
    Cookie cookie = SiteCookie.of(Languages.COOKIE, language.tag(), policy);
    cookie.setMaxAge(Math.toIntExact(LIFE.toSeconds()));
    return cookie;
  }
}
