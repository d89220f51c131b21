package tf.grid.hub.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.client.Uploader;

/** The contents of a flist as a tree that opens where it stands. */
@NeedsPrograms({"chromium", "chromedriver"})
class TreeIT {
  private static final ExampleHub SITE = ExampleHub.shared();
  private static final Uploader DAVE = SITE.as("dave");
  private static final String PAGE = "/dave/tree.flist.md";
  private static final int MANY = 230;
  private static Chromium browser;

  @BeforeAll
  static void start() throws IOException {
    ExampleHub.done(DAVE.upload("tree.tar.gz", archive()));
    browser = SITE.visitor();
  }

  @AfterAll
  static void stop() throws IOException {
    browser.close();
    DAVE.send("DELETE", "/api/flist/me/tree.flist");
    DAVE.send("DELETE", "/api/flist/me/fleeting.flist");
  }

  private static byte[] archive() {
    TarBytes archive =
        new TarBytes()
            .directory("a/")
            .directory("a/b/")
            .directory("a/b/c/")
            .file("a/b/c/deep.txt", "deep\n")
            .file("a/top.txt", "top\n")
            .directory("empty/")
            .directory("many/")
            .directory("names/");
    for (int i = 0; i < MANY; i++) {
      archive.file("many/file-" + (1000 + i), "");
    }
    for (String payload : Payloads.ALL) {
      archive.file("names/" + payload + "/in-" + Payloads.ALL.indexOf(payload), "");
    }
    return archive.gzip();
  }

  @BeforeEach
  void openPage() {
    browser.open(PAGE);
  }

  /** Loading the same page again keeps what is open, as it should be for people. */
  @AfterEach
  void forget() {
    browser.ask("history.replaceState(null, '')");
  }

  @Test
  void directories_open_and_close_where_they_stand() {
    press("a/");
    press("b/");
    press("c/");
    shows("deep.txt");
    assertThat(names()).startsWith("a/", "b/", "c/", "deep.txt", "top.txt", "empty/");
    assertThat(browser.address()).isEqualTo(PAGE);

    press("a/");
    assertThat(names()).containsExactly("a/", "empty/", "many/", "names/");
    press("a/");
    shows("deep.txt");
  }

  @Test
  void a_tree_that_is_open_can_be_read_by_all() {
    browser.open("/alice/web-1.3.flist.md");
    List.of("bin/", "etc/", "srv/", "www/").forEach(TreeIT::press);
    shows("logo.png");
    shows("mime.types");
    for (Look look : List.of(Look.DESK_LIGHT, Look.PHONE_DARK)) {
      browser.look(look);
      Picture.take(browser, "tree" + look.suffix());
      assertThat(Axe.findings(browser)).as("findings of axe, %s", look).isEmpty();
      assertThat((Long) browser.ask("return document.scrollingElement.scrollWidth"))
          .isLessThanOrEqualTo(look.width());
    }
    browser.look(Look.DESK_LIGHT);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void keys_do_all_that_a_mouse_does() {
    WebElement first = twist("a/");
    first.sendKeys(Keys.ENTER);
    shows("top.txt");
    first.sendKeys(Keys.ARROW_DOWN);
    assertThat(focused()).isEqualTo("Contents of b/");
    twist("b/").sendKeys(Keys.ARROW_RIGHT);
    shows("c/");
    twist("b/").sendKeys(Keys.ARROW_UP);
    assertThat(focused()).isEqualTo("Contents of a/");
    first.sendKeys(Keys.ARROW_LEFT);
    assertThat(names()).doesNotContain("b/");
    first.sendKeys(Keys.SPACE);
    shows("c/");
  }

  @Test
  void long_levels_go_on_when_asked() {
    press("many/");
    shows("file-1199");
    assertThat(names()).doesNotContain("file-1200");

    browser.find("td button.btn").click();
    shows("file-1229");
    assertThat(names()).contains("file-1000", "file-1200");
    assertThat(browser.ask("return document.activeElement.textContent")).isEqualTo("file-1200");
    assertThat(browser.all("td button.btn")).isEmpty();
  }

  @Test
  void an_empty_directory_says_so() {
    press("empty/");
    browser.until(page -> browser.find("table").getText().contains("Empty"));
  }

  @Test
  void untrusted_names_are_shown_as_text() {
    press("names/");
    shows(Payloads.ALL.get(0) + "/");
    for (String payload : Payloads.ALL) {
      press(payload + "/");
      shows("in-" + Payloads.ALL.indexOf(payload));
    }
    assertThat(Payloads.effects(browser)).isEqualTo(List.of());
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void what_was_open_is_open_again_when_the_visitor_comes_back() {
    press("a/");
    press("b/");
    shows("c/");
    browser.follow(browser.find("main").findElement(By.linkText("top.txt")));
    browser.driver().navigate().back();

    shows("c/");
    assertThat(names()).startsWith("a/", "b/", "c/", "top.txt");
  }

  @Test
  void what_cannot_be_shown_says_why_and_can_be_tried_again() throws IOException {
    ExampleHub.done(DAVE.upload("fleeting.tar.gz", archive()));
    browser.open("/dave/fleeting.flist.md");
    ExampleHub.done(DAVE.send("DELETE", "/api/flist/me/fleeting.flist"));

    press("a/");
    browser.until(
        page -> browser.find("table").getText().contains("Could not load this directory"));
    assertThat(browser.find("table").getText()).contains("fleeting.flist");
    ExampleHub.done(DAVE.upload("fleeting.tar.gz", archive()));
    browser.find("td button.btn").click();
    shows("top.txt");
    assertThat(browser.complaints()).singleElement().asString().contains("status of 404");
  }

  private static void press(String directory) {
    shows(directory);
    twist(directory).click();
  }

  private static WebElement twist(String directory) {
    return (WebElement)
        browser.ask(
            "return [...document.querySelectorAll('button.twist')]"
                + ".find((each) => each.ariaLabel === arguments[0])",
            "Contents of " + directory);
  }

  private static void shows(String name) {
    browser.until(page -> names().contains(name));
  }

  private static List<String> names() {
    Object names =
        browser.ask("return [...document.querySelectorAll('table a')].map((a) => a.textContent)");
    return ((List<?>) names).stream().map(String::valueOf).toList();
  }

  private static Object focused() {
    return browser.ask("return document.activeElement.getAttribute('aria-label')");
  }
}
