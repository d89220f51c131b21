package tf.grid.hub.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.build.tar.TarBytes;

/** The page of a repository: sorted, filtered while typing, and changed in one go. */
@NeedsPrograms({"chromium", "chromedriver"})
class RepositoryPageIT {
  private static final ExampleHub SITE = ExampleHub.shared();
  private static final String USER = "rita";
  private static final List<String> NAMES =
      List.of("alpha.flist", "beta.flist", "gamma.flist", "latest.flist");

  private static Chromium browser;

  @BeforeAll
  static void start() {
    browser = SITE.signedIn(USER);
  }

  @AfterAll
  static void stop() throws IOException {
    browser.close();
    for (String name : NAMES) {
      SITE.as(USER).send("DELETE", "/api/flist/me/" + name);
    }
  }

  @BeforeEach
  void publish() throws IOException {
    for (String name : List.of("alpha", "beta", "gamma")) {
      byte[] archive = new TarBytes().file("text", name.repeat(name.length() * 100)).gzip();
      ExampleHub.done(SITE.as(USER).upload(name + ".tar.gz", archive));
    }
    ExampleHub.done(SITE.as(USER).send("GET", "/api/flist/me/beta.flist/link/latest.flist"));
  }

  @Test
  void the_size_of_content_is_shown_and_sorted_by() {
    browser.open("/rita");
    browser.until(page -> browser.open("/rita").text().contains("3 flists with 6.6 kB"));
    browser.follow(heading("Content"));
    assertThat(heading("Content").findElement(PARENT).getAttribute("aria-sort"))
        .isEqualTo("descending");
    // A flist that was replaced has no size until it is indexed again.
    browser.until(page -> sorted("size").equals(List.of("alpha", "gamma", "beta", "latest")));
    browser.follow(heading("Content"));
    assertThat(browser.address()).isEqualTo("/rita?sort=-size");
    browser.until(page -> sorted("-size").equals(List.of("latest", "beta", "gamma", "alpha")));
    assertThat(browser.complaints()).isEmpty();
  }

  private static final org.openqa.selenium.By PARENT = org.openqa.selenium.By.xpath("..");

  private static WebElement heading(String text) {
    return browser.find("thead").findElement(org.openqa.selenium.By.linkText(text));
  }

  @Test
  void the_list_is_filtered_while_typing() {
    browser.open("/rita?sort=-name");
    assertThat(names()).startsWith("latest.flist");
    browser.find("#filter").sendKeys("mm");
    browser.until(page -> names().equals(List.of("gamma.flist")));
    assertThat(browser.address()).isEqualTo("/rita?filter=mm&sort=-name");
    browser.find("#filter").sendKeys("<svg onload=window.hit=1>");
    browser.until(page -> browser.text().contains("No entry matches."));
    assertThat(Payloads.effects(browser)).isEqualTo(List.of());
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void several_are_tagged_copied_and_deleted_at_once() throws IOException {
    browser.open("/rita");
    assertThat(browser.find("#batch\\:ask").isEnabled()).isFalse();
    browser.find("#select-all").click();
    assertThat(browser.text()).contains("4 selected:");
    browser.find("#batch\\:tag").sendKeys("all <b>");
    browser.follow(browser.find("#batch\\:put"));
    assertThat(browser.address()).isEqualTo("/rita/tags/all%20%3Cb%3E?done=tagged");
    assertThat(names()).isEqualTo(NAMES);

    browser.open("/rita?filter=a");
    assertThat(browser.find("article").getText()).contains("all <b>", "→ rita/alpha.flist");
    select("alpha.flist");
    select("gamma.flist");
    browser.follow(browser.find("#batch\\:ask"));
    assertThat(browser.find("[role=note]").getText())
        .contains("Delete 2 entries?", "alpha.flist", "rita/tags/all <b>/gamma.flist")
        .doesNotContain("beta.flist");
    for (Look look : Look.values()) {
      browser.look(look);
      Picture.take(browser, "delete-several" + look.suffix());
      assertThat(Axe.findings(browser)).as("findings of axe, %s", look).isEmpty();
    }
    browser.look(Look.DESK_LIGHT);
    browser.follow(browser.find("#confirm\\:do"));
    assertThat(browser.address()).isEqualTo("/rita?done=deleted");
    assertThat(names()).containsExactly("beta.flist", "latest.flist");

    browser.open("/alice?filter=web-1");
    select("web-1.2.flist");
    browser.follow(browser.find("#batch\\:copy"));
    assertThat(browser.address()).isEqualTo("/rita?done=copied");
    assertThat(names()).contains("web-1.2.flist");
    SITE.as(USER).send("DELETE", "/api/flist/me/web-1.2.flist");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void what_cannot_be_done_is_said_without_scripts_too() {
    browser.scripts(false);
    browser.open("/rita");
    browser.follow(browser.find("#batch\\:ask"));
    assertThat(browser.find(".alert-danger").getText())
        .isEqualTo("Select at least one flist or link.");
    select("alpha.flist");
    browser.find("#batch\\:tag").sendKeys("a/b");
    browser.follow(browser.find("#batch\\:put"));
    assertThat(browser.find(".alert-danger").getText())
        .isEqualTo("alpha.flist: tag name contains a slash");
    assertThat(names()).isEqualTo(NAMES);
    browser.scripts(true);
  }

  private static List<String> sorted(String order) {
    browser.open("/rita?sort=" + order);
    return names().stream().map(name -> name.replace(".flist", "")).toList();
  }

  private static void select(String name) {
    browser.find("input[aria-label='Select " + name + "']").click();
  }

  private static List<String> names() {
    Object names =
        browser.ask(
            "return [...document.querySelectorAll('tbody td.file > a')].map((a) => a.textContent)");
    return ((List<?>) names).stream().map(String::valueOf).toList();
  }
}
