package tf.grid.hub.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import tf.grid.hub.NeedsPrograms;

/** Changing what is published, as a person does it, with and without scripts. */
@NeedsPrograms({"chromium", "chromedriver"})
class OwnerPagesIT {
  private static final ExampleHub SITE = ExampleHub.shared();
  private static Chromium browser;

  @BeforeAll
  static void start() {
    browser = SITE.signedIn("erna");
  }

  @AfterAll
  static void stop() {
    browser.close();
  }

  @Test
  void a_flist_of_another_is_copied_renamed_tagged_and_deleted() throws IOException {
    browser.open("/alice/tools.flist.md");
    browser.follow(button("Use in my repository"));
    browser.follow(browser.find("#copy\\:do"));
    assertThat(browser.address()).isEqualTo("/erna/tools.flist.md?done=copied");
    assertThat(browser.text()).contains("Copy created.");

    browser.open("/erna");
    browser.follow(browser.find("a[aria-label='Manage tools.flist']"));
    type("#rename\\:name", "a/b");
    assertThat(browser.find("#rename [role=alert]").getText()).contains("contains a slash");
    assertThat(browser.find("#rename\\:name").getAttribute("value")).isEqualTo("a/b");
    browser.look(Look.PHONE_DARK);
    assertThat(Axe.findings(browser)).isEmpty();
    browser.look(Look.DESK_LIGHT);

    type("#rename\\:name", "kit");
    assertThat(browser.address()).isEqualTo("/erna?manage=kit.flist&done=renamed");
    type("#put\\:tag", "first");
    assertThat(browser.address()).isEqualTo("/erna/tags/first?done=tagged");

    browser.open("/erna?manage=kit.flist");
    browser.follow(button("Delete…"));
    assertThat(browser.find("#main").getText()).contains("erna/tags/first/kit.flist");
    browser.follow(button("Cancel"));
    browser.follow(button("Delete…"));
    browser.follow(browser.find("#delete\\:do"));
    assertThat(browser.address()).isEqualTo("/erna?done=deleted");
    assertThat(SITE.as("erna").get("/api/flist/erna/kit/light").statusCode()).isEqualTo(404);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_tag_is_emptied_and_a_link_to_one_made_without_scripts() throws IOException {
    browser.scripts(false);
    browser.open("/alice?manage=tools.flist");
    type("#put\\:tag", "plain");
    browser.open("/erna?manage=tags/plain");
    browser.follow(browser.find("button[aria-label='Remove tools.flist']"));
    assertThat(browser.address()).isEqualTo("/erna?done=untagged");

    browser.open("/alice?manage=tags/stable");
    type("#tag-link\\:name", "hers");
    assertThat(browser.address()).isEqualTo("/erna/hers?done=linked");
    assertThat(browser.text()).contains("alice/tags/stable", "web.flist");
    browser.scripts(true);
  }

  @Test
  void flists_to_merge_are_suggested_and_found() {
    browser.open("/merge");
    assertThat(browser.find("#add").getAttribute("list")).isEqualTo("own");
    type("#add", "no-such-flist");
    assertThat(browser.text()).contains("No flist name contains “no-such-flist”.");
    type("#add", "web-1");
    browser.follow(browser.find("a[aria-label='Add alice/web-1.2.flist']"));
    assertThat(browser.address()).isEqualTo("/merge?source=alice%2Fweb-1.2.flist");
    assertThat(browser.find("ol.list-group").getText()).contains("alice/web-1.2.flist");
  }

  private static void type(String field, String text) {
    WebElement input = browser.find(field);
    input.clear();
    input.sendKeys(text, Keys.ENTER);
    browser.awaitNext(input);
  }

  private static WebElement button(String text) {
    return browser.all("a.btn").stream()
        .filter(link -> link.getText().equals(text))
        .findFirst()
        .orElseThrow(() -> new AssertionError(browser.text()));
  }
}
