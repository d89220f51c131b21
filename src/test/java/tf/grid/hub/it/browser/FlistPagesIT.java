package tf.grid.hub.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.build.tar.TarBytes;

/** Where the bytes of a flist are, and links to lines of its files. */
@NeedsPrograms({"chromium", "chromedriver"})
class FlistPagesIT {
  private static final ExampleHub SITE = ExampleHub.shared();
  private static final String PAGE = "/frida/sized.flist.md";
  private static Chromium browser;

  @BeforeAll
  static void publish() throws IOException {
    String lines =
        IntStream.rangeClosed(1, 9_000)
            .mapToObj(i -> "this is line " + i + " <b>\n")
            .collect(Collectors.joining());
    byte[] archive =
        new TarBytes()
            .directory("usr/")
            .directory("usr/share/")
            .file("usr/share/lines", lines)
            .file("usr/small", "x".repeat(2_000))
            .file("top", "y".repeat(50_000))
            .gzip();
    ExampleHub.done(SITE.as("frida").upload("sized.tar.gz", archive));
    browser = SITE.visitor();
  }

  @AfterAll
  static void stop() throws IOException {
    browser.close();
    SITE.as("frida").send("DELETE", "/api/flist/me/sized.flist");
  }

  @Test
  void bars_lead_to_the_sizes_inside() {
    browser.open(PAGE);
    assertThat(browser.find(".shares").getText()).contains("usr/", "199 kB", "top", "50 kB");
    assertThat(browser.find(".shares svg").getAttribute("aria-label")).isEqualTo("79.9 %");
    browser.follow(browser.find(".shares").findElement(By.linkText("usr/")));
    assertThat(browser.address()).isEqualTo(PAGE + "?path=/usr&view=sizes");
    assertThat(browser.find(".shares").getText()).contains("share/", "197 kB", "small", "2.0 kB");
    for (Look look : Look.values()) {
      browser.look(look);
      Picture.take(browser, "sizes" + look.suffix());
      assertThat(Axe.findings(browser)).as("findings of axe, %s", look).isEmpty();
      assertThat((Long) browser.ask("return document.scrollingElement.scrollWidth"))
          .isLessThanOrEqualTo(look.width());
    }
    browser.look(Look.DESK_LIGHT);
    browser.follow(browser.find(".shares").findElement(By.linkText("small")));
    assertThat(browser.address()).isEqualTo(PAGE + "?path=/usr/small");
    browser.open(PAGE + "?path=/usr/none&view=sizes");
    assertThat(browser.complaints()).singleElement().asString().contains("status of 404");
  }

  @Test
  void lines_have_addresses_through_all_parts_of_a_file() {
    browser.open(PAGE + "?path=/usr/share/lines#L3");
    assertThat(browser.find(".lines > :target").getText()).isEqualTo("this is line 3 <b>");
    for (Look look : Look.values()) {
      browser.look(look);
      Picture.take(browser, "lines" + look.suffix());
    }
    browser.look(Look.DESK_LIGHT);
    assertThat(Axe.findings(browser)).isEmpty();
    long first = lines("first");
    browser.follow(browser.find("main a[rel=next]"));
    assertThat(lines("first")).isGreaterThan(first + 1_000);
    assertThat(lines("text")).isEqualTo(lines("first"));
    browser.follow(browser.find("main a[rel=next]"));
    long third = lines("first");
    assertThat(lines("text")).isEqualTo(third);
    browser.follow(browser.find("main a[rel=prev]"));
    assertThat(lines("text")).isEqualTo(lines("first")).isLessThan(third);
    browser.find(".lines a").click();
    assertThat(browser.ask("return location.hash")).isEqualTo("#L" + lines("first"));
    assertThat(browser.complaints()).isEmpty();
  }

  /** The number of the first line on the page, by its address or by its text. */
  private static long lines(String by) {
    String script =
        by.equals("text")
            ? "return Number(document.querySelector('.lines > span').textContent.match(/[0-9]+/)[0])"
            : "return Number(document.querySelector('.lines > span').id.slice(1))";
    return ((Number) browser.ask(script)).longValue();
  }
}
