package tf.grid.hub.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import tf.grid.hub.NeedsPrograms;

/** Merging flists, as a person does it. */
@NeedsPrograms({"chromium", "chromedriver"})
class MergePageIT {
  private static final ExampleHub SITE = ExampleHub.shared();
  private static Chromium browser;

  @BeforeAll
  static void start() {
    browser = SITE.signedIn(ExampleHub.USER);
  }

  @AfterAll
  static void stop() {
    browser.close();
  }

  @Test
  void sources_are_chosen_ordered_compared_and_merged() throws IOException {
    browser.open("/merge");
    add("alice/web-1.2");
    add("alice/web-1.3.flist");
    add("alice/tools");
    assertThat(sources()).containsExactly("alice/web-1.2", "alice/web-1.3.flist", "alice/tools");

    browser.follow(button("Move alice/web-1.3.flist up"));
    assertThat(sources()).containsExactly("alice/web-1.3.flist", "alice/web-1.2", "alice/tools");
    browser.follow(button("Remove alice/tools"));
    assertThat(sources()).containsExactly("alice/web-1.3.flist", "alice/web-1.2");
    assertThat(browser.find("table").getText()).contains("from alice/web-1.3.flist");
    assertThat(Axe.findings(browser)).isEmpty();

    browser.find("#merge\\:name").sendKeys("both");
    browser.follow(browser.find("#merge\\:do"));
    assertThat(browser.address()).isEqualTo("/alice/both.flist.md");
    assertThat(SITE.as(ExampleHub.USER).get("/api/flist/alice/both/light").statusCode())
        .isEqualTo(200);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_part_of_a_name_finds_flists_to_add() {
    browser.open("/merge");
    add("otes");
    assertThat(sources()).isEmpty();
    browser.follow(browser.find("[aria-label='Add bob/notes.flist']"));
    assertThat(sources()).containsExactly("bob/notes.flist");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void sources_are_suggested_and_dragged_and_the_result_is_counted() {
    browser.open("/merge?source=alice/tools&source=alice/web-1.2");
    assertThat(browser.find("#main").getText())
        .containsPattern("\\d+ files with \\d+ kB of content")
        .contains("1 conflict, listed below.");
    browser.find("#add").sendKeys("bob/not");
    browser.until(page -> !browser.all("#own option[value='bob/notes.flist']").isEmpty());
    WebElement last = browser.find("[data-source='alice/web-1.2']");
    browser.ask(
        """
        const [first, last] = document.querySelectorAll("[data-source]");
        const dataTransfer = new DataTransfer();
        const fire = (target, type, y) => target.dispatchEvent(
          new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, clientY: y }));
        fire(last, "dragstart", 0);
        fire(first, "dragover", first.getBoundingClientRect().top + 1);
        fire(last, "dragend", 0);
        """);
    browser.awaitNext(last);
    assertThat(sources()).containsExactly("alice/web-1.2", "alice/tools");
    browser.find("#merge\\:name").sendKeys("tools");
    browser.until(
        page -> browser.find("#merge\\:name-hint").getText().startsWith("Replaces the flist"));
    assertThat(Axe.findings(browser)).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void what_cannot_be_merged_is_said() {
    browser.open("/merge?source=alice/tools&source=alice/missing");
    assertThat(browser.find("[role=alert]").getText()).contains("alice/missing");
    assertThat(browser.all("#merge")).isEmpty();

    browser.open("/merge?source=alice/tools&source=alice/web-1.2");
    browser.find("#merge\\:name").sendKeys("no/name");
    browser.follow(browser.find("#merge\\:do"));
    assertThat(browser.find(".alert-danger").getText()).contains("name");
    assertThat(sources()).containsExactly("alice/tools", "alice/web-1.2");
  }

  @Test
  void without_scripts_it_works_as_well() {
    try (Chromium plain = SITE.signedIn(ExampleHub.USER)) {
      plain.scripts(false);
      plain.open("/merge?source=alice/tools&source=alice/web-1.2");
      plain.find("#merge\\:name").sendKeys("plain", Keys.ENTER);
      plain.until(page -> plain.address().equals("/alice/plain.flist.md"));
    }
  }

  private static void add(String source) {
    browser.find("#add").sendKeys(source);
    browser.follow(browser.find("#add ~ button"));
  }

  private static WebElement button(String label) {
    return browser.find("[aria-label='" + label + "']");
  }

  private static List<String> sources() {
    return browser.all("ol.list-group li").stream()
        .map(row -> row.findElement(By.tagName("code")).getText())
        .toList();
  }
}
