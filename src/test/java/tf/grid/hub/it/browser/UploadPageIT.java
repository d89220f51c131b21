package tf.grid.hub.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.WindowType;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.build.tar.TarBytes;

/** Uploads as a person makes them: with a bar that moves, cancelled, and without scripts. */
@NeedsPrograms({"chromium", "chromedriver"})
class UploadPageIT {
  private static final ExampleHub SITE = ExampleHub.shared();
  private static final int BYTES_A_SECOND = 400_000;

  @TempDir static Path files;
  private static Chromium browser;

  @BeforeAll
  static void start() {
    browser = SITE.signedIn("olga");
  }

  @AfterAll
  static void stop() {
    browser.close();
  }

  private static String archive(String name, int bytes) throws IOException {
    byte[] noise = new byte[bytes];
    new Random(bytes).nextBytes(noise);
    return Files.write(
            files.resolve(name + ".tar.gz"),
            new TarBytes().file("noise", noise).file("motd", "Welcome\n").gzip())
        .toString();
  }

  private static void slow(boolean slow) {
    browser.command("Network.enable", Map.of());
    browser.command(
        "Network.emulateNetworkConditions",
        Map.of(
            "offline",
            false,
            "latency",
            0,
            "downloadThroughput",
            -1,
            "uploadThroughput",
            slow ? BYTES_A_SECOND : -1));
  }

  private static void begin(String name, int bytes) throws IOException {
    browser.open("/upload");
    browser.find("#file").sendKeys(archive(name, bytes));
    browser.find("#upload [type=submit]").click();
  }

  private static long percent() {
    String now = browser.find("[role=progressbar]").getAttribute("aria-valuenow");
    return now == null ? 0 : Long.parseLong(now);
  }

  @ParameterizedTest
  @CsvSource({"DESK_LIGHT", "PHONE_DARK"})
  void the_bar_moves_and_ends_with_counts_and_a_link(Look look) throws IOException {
    String name = "bar" + look.suffix();
    browser.look(look);
    slow(true);
    begin(name, 1_500_000 + look.width());
    List<Long> seen = new ArrayList<>();
    browser.until(
        page -> {
          seen.add(percent());
          return seen.get(seen.size() - 1) > 30;
        });
    Picture.take(browser, "upload-progress" + look.suffix());
    assertThat(browser.text()).contains("received", "chunks:");
    assertThat(Axe.findings(browser)).isEmpty();
    slow(false);
    browser.until(page -> !browser.all("[role=status] a").isEmpty());

    assertThat(seen.stream().distinct().count()).isGreaterThan(2);
    assertThat(browser.find("[role=status]").getText())
        .contains("Published olga/" + name + ".flist", "2 files", "new");
    assertThat(browser.find("[role=status] a").getAttribute("href"))
        .endsWith("/olga/" + name + ".flist.md");
    Picture.take(browser, "upload-done" + look.suffix());
    assertThat(browser.complaints()).isEmpty();
    browser.look(Look.DESK_LIGHT);
  }

  @Test
  void what_was_odd_about_an_archive_is_told_with_the_link() throws IOException {
    byte[] odd = new TarBytes().file("a", "A").raw(new byte[1024]).raw((byte) 'x').gzip();
    Path file = Files.write(files.resolve("odd.tar.gz"), odd);
    browser.open("/upload");
    browser.find("#file").sendKeys(file.toString());
    browser.find("#upload [type=submit]").click();
    browser.until(page -> !browser.all("[role=status] a").isEmpty());

    assertThat(browser.find("[role=status]").getText())
        .contains("Published olga/odd.flist", "bytes behind the end mark of the archive");
    assertThat(Axe.findings(browser)).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_slow_upload_is_cancelled_and_leaves_nothing() throws IOException {
    slow(true);
    begin("unwanted", 4_000_000);
    browser.until(page -> percent() > 0);
    browser.find("[data-progress] button").click();
    browser.until(page -> browser.find("[role=status]").getText().startsWith("Cancelled"));
    slow(false);

    assertThat(browser.find("[data-progress]").isDisplayed()).isFalse();
    assertThat(browser.find("#upload [type=submit]").isEnabled()).isTrue();
    assertThat(SITE.as("olga").get("/api/flist/olga/unwanted.flist/light").statusCode())
        .isEqualTo(404);
  }

  @Test
  void a_mistake_is_told_in_place() throws IOException {
    browser.open("/upload");
    Path wrong = Files.writeString(files.resolve("not-an-archive.tar.gz"), "text");
    browser.find("#file").sendKeys(wrong.toString());
    browser.find("#upload [type=submit]").click();
    browser.until(
        page -> browser.find("[role=status]").getText().contains("Nothing was published"));
    assertThat(browser.find("[role=status]").getAttribute("class")).contains("alert-danger");
  }

  @Test
  void two_tabs_upload_at_once() throws IOException {
    begin("tab-one", 2_000_000);
    String first = browser.driver().getWindowHandle();
    browser.driver().switchTo().newWindow(WindowType.TAB);
    browser.look(Look.DESK_LIGHT);
    begin("tab-two", 2_000_001);
    browser.until(page -> browser.find("[role=status]").getText().contains("olga/tab-two.flist"));
    browser.driver().close();
    browser.driver().switchTo().window(first);
    browser.until(page -> browser.find("[role=status]").getText().contains("olga/tab-one.flist"));
  }

  @Test
  void a_browser_without_scripts_gets_to_the_preview() throws IOException {
    browser.scripts(false);
    browser.open("/upload");
    browser.find("#file").sendKeys(archive("plain", 1000));
    browser.find("#upload [type=submit]").click();
    browser.until(page -> browser.address().equals("/olga/plain.flist.md"));
    browser.scripts(true);
    assertThat(SITE.as("olga").get("/api/flist/olga/plain.flist/light").statusCode())
        .isEqualTo(200);
    browser.complaints();
  }

  @Test
  void names_are_changed_before_several_files_are_published_in_order() throws IOException {
    ExampleHub.done(SITE.as("olga").upload("taken.tar.gz", ExampleArchive.tools()));
    browser.open("/upload");
    browser.find("#file").sendKeys(archive("taken", 1000) + "\n" + archive("free", 1001));
    browser.until(page -> queue(0).contains("Replaces the flist changed just now"));
    browser.until(page -> queue(1).contains("New flist in olga"));
    rename(1, "taken");
    browser.until(page -> queue(1).contains("Replaces the flist"));
    rename(1, "renamed");
    drop("dropped (1).tgz");
    browser.until(page -> queue(2).contains("New flist in olga"));
    assertThat(browser.find("#queued-upload-2").getAttribute("value")).isEqualTo("dropped_1");
    for (Look look : Look.values()) {
      browser.look(look);
      Picture.take(browser, "upload-queue" + look.suffix());
      assertThat(Axe.findings(browser)).as("findings of axe, %s", look).isEmpty();
    }
    browser.look(Look.DESK_LIGHT);
    browser.find("#upload [type=submit]").click();
    browser.until(page -> browser.find("[role=status]").getText().startsWith("Published 2 of 3"));

    assertThat(queue(0)).contains("Published olga/taken.flist");
    assertThat(queue(1)).contains("Published olga/renamed.flist");
    assertThat(queue(2)).contains("Nothing was published");
    assertThat(browser.find("#queued-upload-2").getAttribute("value")).isEqualTo("dropped_1");
    assertThat(SITE.as("olga").get("/api/flist/olga/renamed.flist/light").statusCode())
        .isEqualTo(200);
    assertThat(browser.complaints()).isEmpty();
  }

  private static String queue(int row) {
    List<org.openqa.selenium.WebElement> rows = browser.all("[data-queue] > li");
    return row < rows.size() ? rows.get(row).getText() : "";
  }

  private static void rename(int row, String name) {
    browser.find("#queued-upload-" + row).clear();
    browser.find("#queued-upload-" + row).sendKeys(name);
  }

  /** Drops a file that is no archive. */
  private static void drop(String name) {
    browser.ask(
        """
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(["text"], arguments[0]));
        for (const type of ["dragover", "drop"]) {
          document.querySelector("[data-drop]").dispatchEvent(
            new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
        }
        """,
        name);
  }

  @Test
  void a_new_flist_comes_with_the_next_steps() throws IOException {
    begin("steps", 2000);
    browser.until(page -> !browser.all("[role=status] a").isEmpty());
    assertThat(browser.all("[role=status] a.btn").stream().map(link -> link.getAttribute("href")))
        .map(link -> link.replaceFirst("^https?://[^/]+", ""))
        .containsExactly(
            "/olga/steps.flist.md", "/olga?manage=steps.flist", "/merge?source=olga%2Fsteps.flist");
    assertThat(browser.find("[role=status] code").getText())
        .isEqualTo(SITE.hub().uri("/olga/steps.flist").toString());
    browser.open("/upload");
    assertThat(browser.find("[data-jobs]").getText()).contains("Published olga/steps.flist");
  }

  @Test
  void a_browser_without_scripts_names_the_flist_as_well() throws IOException {
    browser.scripts(false);
    browser.open("/upload");
    browser.find("#file-name").sendKeys("other name");
    browser.find("#file").sendKeys(archive("unnamed", 1000));
    browser.find("#upload [type=submit]").click();
    browser.until(page -> browser.address().equals("/olga/other%20name.flist.md"));
    browser.scripts(true);
    browser.complaints();
  }

  @ParameterizedTest
  @CsvSource({"upload, /upload", "upload-flist, /upload-flist", "convert, /docker-convert"})
  void forms_are_whole_on_desks_and_telephones(String name, String address) {
    browser.open(address);
    for (Look look : Look.values()) {
      browser.look(look);
      Picture.take(browser, name + look.suffix());
      if (look.examined()) {
        assertThat(Axe.findings(browser)).as("findings of axe, %s", look).isEmpty();
      }
      assertThat((Long) browser.ask("return document.scrollingElement.scrollWidth"))
          .isLessThanOrEqualTo(look.width());
    }
    browser.look(Look.DESK_LIGHT);
    assertThat(browser.complaints()).isEmpty();
  }
}
