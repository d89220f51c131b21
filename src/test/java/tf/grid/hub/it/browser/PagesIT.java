package tf.grid.hub.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tf.grid.hub.NeedsPrograms;

/** Every page, wide and narrow, light and dark: whole, readable by all, without complaints. */
@NeedsPrograms({"chromium", "chromedriver"})
class PagesIT {
  /** How far the content moved while the page was loaded: 0 not at all, 1 by a whole window. */
  private static final String SHIFT =
      """
      const done = arguments[arguments.length - 1];
      new PerformanceObserver((list) => done(0.0001 + list.getEntries().reduce(
        (sum, entry) => sum + entry.value, 0))).observe({ type: "layout-shift", buffered: true });
      setTimeout(() => done(0.0001), 300);
      """;

  private static Chromium user;
  private static Chromium visitor;

  @BeforeAll
  static void start() {
    user = ExampleHub.shared().signedIn(ExampleHub.USER);
    visitor = ExampleHub.shared().visitor();
  }

  @AfterAll
  static void stop() {
    user.close();
    visitor.close();
  }

  @ParameterizedTest
  @CsvSource({
    "home, /",
    "repository, /alice",
    "tag, /alice/tags/stable",
    "tag-link, /bob/web-stable",
    "flist, /alice/web-1.3.flist.md",
    "directory, /alice/web-1.3.flist.md?path=/usr/share/words",
    "text, /alice/web-1.3.flist.md?path=/etc/passwd",
    "picture, /alice/web-1.3.flist.md?path=/srv/www/logo.png",
    "bytes, /alice/web-1.3.flist.md?path=/bin/serve",
    "diff, /alice/web-1.2.flist.md?diff=alice/web-1.3.flist",
    "search, /search?q=web",
    "search-nothing, /search?q=no-such-thing",
    "sign-in, /login-method",
    "sign-out-nobody, /logout",
    "read-only, /readonly",
    "earlier-token, /token/abc",
  })
  void pages_for_everybody(String name, String address) {
    visitor.open(address);
    isWhole(visitor, name);
  }

  @ParameterizedTest
  @CsvSource({
    "upload, /upload",
    "upload-flist, /upload-flist",
    "convert, /docker-convert",
    "merge, /merge?source=alice/web-1.2.flist&source=alice/web-1.3.flist",
    "merge-found, /merge?source=alice/web-1.2.flist&add=tools",
    "own-home, /",
    "own-repository, /alice",
    "manage, /alice?manage=web-1.3.flist",
    "manage-tag, /alice?manage=tags/stable",
    "delete, /alice?manage=web-1.3.flist&delete",
    "use, /bob?manage=web-stable",
    "sign-out, /logout",
    "tokens, /token",
    "admin, /admin",
  })
  void pages_for_users(String name, String address) {
    user.open(address);
    isWhole(user, name);
  }

  @Test
  void the_description_of_the_api() {
    visitor.open("/openapi-ui");
    visitor.until(page -> !visitor.all("#api details").isEmpty());
    isWhole(visitor, "api");
  }

  @Test
  void a_menu_that_is_open() {
    user.open("/token");
    user.find("header summary").click();
    isWhole(user, "menu");
  }

  @ParameterizedTest
  @CsvSource({
    "not-found, 404, /nothing-here/at-all/of-any/kind",
    "refused, 403, /callback_threebot",
  })
  void pages_that_say_what_is_wrong(String name, String status, String address) {
    visitor.open(address);
    assertThat(visitor.complaints()).singleElement().asString().contains("status of " + status);
    isWhole(visitor, name);
  }

  @Test
  void colours_follow_the_system_without_a_script() {
    visitor.scripts(false);
    visitor.open("/login-method");
    String light = background();
    visitor.look(Look.DESK_DARK);
    String dark = background();
    visitor.look(Look.DESK_LIGHT);
    visitor.scripts(true);

    assertThat(light).isEqualTo("rgba(255, 255, 255, 1)");
    assertThat(dark).isEqualTo("rgba(33, 37, 41, 1)");
  }

  private static String background() {
    return visitor.find("body").getCssValue("background-color");
  }

  /** Takes pictures of the open page, and looks at what makes it one that all can use. */
  private static void isWhole(Chromium browser, String name) {
    assertThat((Double) browser.await(SHIFT)).as("layout shift").isLessThan(0.05);
    for (Look look : Look.values()) {
      browser.look(look);
      Picture.take(browser, name + look.suffix());
      if (look.examined()) {
        assertThat(Axe.findings(browser)).as("findings of axe, %s", look).isEmpty();
      }
      assertThat((Long) browser.ask("return document.scrollingElement.scrollWidth"))
          .as("as wide as the window, %s", look)
          .isLessThanOrEqualTo(look.width());
    }
    browser.look(Look.DESK_LIGHT);
    assertThat(browser.complaints()).as("complaints of the browser").isEmpty();
  }
}
