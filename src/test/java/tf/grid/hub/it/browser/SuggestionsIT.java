package tf.grid.hub.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import tf.grid.hub.NeedsPrograms;

/** Suggestions of the search field in the header, with keys and with a mouse. */
@NeedsPrograms({"chromium", "chromedriver"})
class SuggestionsIT {
  private static final ExampleHub SITE = ExampleHub.shared();
  private static Chromium browser;

  @BeforeAll
  static void start() {
    browser = SITE.visitor();
  }

  @AfterAll
  static void stop() {
    browser.close();
  }

  @Test
  void a_flist_is_chosen_with_keys() {
    browser.open("/bob");
    WebElement field = browser.find("header [name=q]");
    field.sendKeys("web-1");
    browser.until(page -> options().size() == 2);
    assertThat(options()).allMatch(text -> text.startsWith("alice/web-1."));
    assertThat(field.getAttribute("aria-expanded")).isEqualTo("true");
    for (Look look : Look.values()) {
      browser.look(look);
      Picture.take(browser, "suggestions" + look.suffix());
      assertThat(Axe.findings(browser)).as("findings of axe, %s", look).isEmpty();
      assertThat((Long) browser.ask("return document.scrollingElement.scrollWidth"))
          .isLessThanOrEqualTo(look.width());
    }
    browser.look(Look.DESK_LIGHT);
    field.sendKeys(Keys.ARROW_UP);
    field.sendKeys(Keys.ARROW_DOWN);
    assertThat(field.getAttribute("aria-activedescendant")).isNull();
    field.sendKeys(Keys.ARROW_DOWN);
    WebElement chosen = browser.find("header [role=option][aria-selected=true]");
    assertThat(field.getAttribute("aria-activedescendant")).isEqualTo(chosen.getAttribute("id"));
    String name = chosen.getText().lines().findFirst().orElseThrow();
    field.sendKeys(Keys.ENTER);
    browser.until(page -> browser.address().equals("/" + name + ".md"));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_path_leads_to_the_file() {
    browser.open("/search");
    browser.until(
        page -> browser.open("/search?q=/etc/mime.types").text().contains("web-1.3.flist"));
    browser.open("/alice");
    browser.find("header [name=q]").sendKeys("/etc/mime.types");
    browser.until(page -> options().size() == 1);
    assertThat(options().get(0)).contains("alice/web-1.3.flist", "/etc/mime.types");
    browser.find("header [role=option]").click();
    browser.until(page -> browser.address().equals("/alice/web-1.3.flist.md?path=/etc/mime.types"));
    assertThat(browser.find("pre").getText()).isEqualTo("text/css css");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void escape_closes_the_list_and_enter_searches() {
    browser.open("/bob");
    WebElement field = browser.find("header [name=q]");
    field.sendKeys("tools");
    browser.until(page -> !options().isEmpty());
    field.sendKeys(Keys.ESCAPE);
    assertThat(browser.find("header [role=listbox]").isDisplayed()).isFalse();
    assertThat(field.getAttribute("value")).isEqualTo("tools");
    field.sendKeys(Keys.ENTER);
    browser.until(page -> browser.address().equals("/search?q=tools"));
  }

  private static List<String> options() {
    return browser.all("header [role=option]").stream().map(WebElement::getText).toList();
  }
}
