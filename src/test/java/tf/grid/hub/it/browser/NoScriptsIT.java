package tf.grid.hub.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import tf.grid.hub.NeedsPrograms;

/**
 * The site in a browser that runs no scripts: everything is read, found and published all the same.
 */
@NeedsPrograms({"chromium", "chromedriver"})
class NoScriptsIT {
  private static final ExampleHub SITE = ExampleHub.shared();
  private static Chromium browser;

  @BeforeAll
  static void start() {
    browser = SITE.signedIn("carol", Chromium.withoutScripts(SITE.hub().uri("/")));
  }

  @AfterAll
  static void stop() throws IOException {
    browser.close();
    SITE.as("carol").send("DELETE", "/api/flist/me/plain.flist");
    SITE.as("carol").send("DELETE", "/api/flist/me/card.flist");
  }

  @Test
  void from_the_start_page_to_a_file() {
    browser.open("/");
    assertThat(browser.text()).contains("Official", "Recently changed", "Publish your own");
    follow("alice");
    assertThat(browser.text()).contains("web-1.3.flist");
    follow("web-1.3.flist");
    assertThat(browser.text()).contains("SHA-256", "Web server", "Serves /srv/www");
    assertThat(browser.all("button.twist")).isEmpty();
    assertThat(browser.all("button[data-copy]")).noneMatch(WebElement::isDisplayed);
    follow("usr/");
    follow("share/");
    follow("words/");
    assertThat(browser.address()).isEqualTo("/alice/web-1.3.flist.md?path=/usr/share/words");
    follow("list-10.txt");
    assertThat(browser.find("pre").getText()).isEqualTo("words of 1.3 0");
  }

  @Test
  void levels_are_filtered_and_links_followed() {
    browser.open("/alice/web-1.3.flist.md?path=/bin");
    browser.find("#filter").sendKeys("http");
    browser.follow(browser.find("main form button"));
    assertThat(browser.text()).contains("1 entry").doesNotContain("serve\n");
    follow("httpd");
    follow("Open target");
    assertThat(browser.address()).endsWith("?path=/bin/serve");
  }

  @Test
  void a_file_is_found_in_whatever_directory_it_is() {
    browser.open("/alice/web-1.3.flist.md?path=/bin");
    browser.find("#filter").sendKeys("LIST-1");
    browser.follow(browser.find("main form [name=in]"));
    assertThat(browser.address()).isEqualTo("/alice/web-1.3.flist.md?filter=LIST-1&in=all");
    assertThat(browser.text()).contains("10 entries");
    follow("usr/share/words/list-13.txt");
    assertThat(browser.find("pre").getText()).startsWith("words of 1.3");
  }

  @Test
  void what_has_a_name_is_found() {
    browser.open("/search");
    browser.find("#q").sendKeys("web-1.2");
    browser.follow(browser.find("main form button"));
    assertThat(browser.address()).isEqualTo("/search?q=web-1.2");
    follow("web-1.2.flist");
    assertThat(browser.address()).isEqualTo("/alice/web-1.2.flist.md");
  }

  @Test
  void the_start_page_shows_the_first_paragraph_of_a_readme() throws IOException {
    ExampleHub.done(SITE.as("carol").upload("card.tar.gz", ExampleArchive.web("1.4")));
    // A request reads only some of the flists.
    browser.until(
        page ->
            browser.open("/").text().contains("Serves /srv/www on port 8080. See the handbook"));
  }

  @Test
  void the_header_of_every_page_searches_the_hub() {
    browser.open("/alice/web-1.3.flist.md");
    browser.find("header [name=q]").sendKeys("tools", Keys.ENTER);
    browser.until(page -> browser.address().equals("/search?q=tools"));
    assertThat(browser.text()).contains("tools.flist");
  }

  @Test
  void an_archive_is_uploaded_by_a_plain_post(@TempDir Path directory) throws IOException {
    Path archive = Files.write(directory.resolve("plain.tar.gz"), ExampleArchive.tools());

    browser.open("/upload");
    browser.find("#file").sendKeys(archive.toString());
    browser.follow(browser.find("#upload [type=submit]"));

    assertThat(browser.address()).isEqualTo("/carol/plain.flist.md");
    assertThat(browser.text()).contains("4 files");
  }

  private static void follow(String link) {
    browser.follow(browser.find("main").findElement(By.linkText(link)));
  }
}
