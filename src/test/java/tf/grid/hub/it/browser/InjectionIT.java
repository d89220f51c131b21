package tf.grid.hub.it.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.client.Uploader;

/**
 * Names, paths, metadata and errors that would be scripts or markup, on every page that shows them:
 * each is shown as text, and nothing of it runs or is even tried to.
 */
@NeedsPrograms({"chromium", "chromedriver"})
class InjectionIT {
  private static final ExampleHub SITE = ExampleHub.shared();
  private static Chromium browser;

  @BeforeAll
  static void publish() throws IOException {
    for (String payload : Payloads.ALL) {
      publish(payload);
    }
    browser = SITE.signedIn(Payloads.ALL.get(0));
  }

  /**
   * A repository, a flist, a tag, a directory and a file in it, metadata and a README with this
   * text.
   */
  private static void publish(String payload) throws IOException {
    Uploader user = SITE.as(payload);
    byte[] archive =
        new TarBytes()
            .file(".README.md", payload + "\n\n" + payload + "\n")
            .directory(payload + "/")
            .file(payload + "/text", payload + "\n")
            .gzip();
    ExampleHub.done(
        user.post(
            "/api/flist/me/upload",
            new Uploader.Form()
                .header("X-Original-Name", payload + ".tar.gz")
                .field("metadata-about", payload)
                .field("metadata-" + payload, "x")
                .field("metadata-labels", labels(payload))
                .file("file", "x.tar.gz", archive)));
    String flist = escaped(payload + ".flist");
    ExampleHub.done(
        user.send(
            "GET",
            "/api/flist/me/%2$s/%3$s/tag/%1$s/%3$s"
                .formatted(escaped(payload), escaped(payload), flist)));
  }

  /** A name and a value that are the same. */
  private static String labels(String text) {
    return Json.createObjectBuilder().add(text, text).build().toString();
  }

  @AfterAll
  static void stop() throws IOException {
    browser.close();
    for (String payload : Payloads.ALL) {
      Uploader user = SITE.as(payload);
      String name = escaped(payload);
      user.send("DELETE", "/api/flist/me/" + name + ".flist");
      user.send("DELETE", "/api/flist/me/%1$s/%1$s.flist/tag/%1$s/%1$s.flist".formatted(name));
    }
  }

  static Stream<String> payloads() {
    return Payloads.ALL.stream();
  }

  @Test
  void names_of_repositories_on_the_home_page() {
    browser.open("/");
    isHarmless();
    for (String payload : Payloads.ALL) {
      isText(payload);
    }
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void names_of_flists_and_tags_and_what_is_in_them(String payload) {
    String name = escaped(payload);
    String preview = "/" + name + "/" + name + ".flist.md";
    for (String address :
        List.of(
            "/",
            "/" + name,
            "/" + name + "/tags/" + name,
            "/" + name + "?manage=" + name + ".flist",
            preview,
            preview + "?path=/" + name,
            preview + "?path=/" + name + "/text",
            preview + "?path=/&view=sizes",
            preview + "?path=/" + name + "&view=sizes",
            preview + "?in=all&filter=" + name,
            preview + "?diff=alice/web-1.2.flist",
            "/search?q=" + name)) {
      browser.open(address);
      isHarmless();
      isText(payload);
    }
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void suggestions_and_names_that_are_taken(String payload) {
    browser.open("/alice");
    browser.find("header [name=q]").sendKeys(payload);
    browser.until(
        page ->
            browser.all("header [role=option]").stream()
                .anyMatch(option -> option.getText().contains(payload)));
    isHarmless();

    browser.open("/upload");
    browser.ask(
        """
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(["text"], arguments[0]));
        document.querySelector("[data-drop]").dispatchEvent(
          new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
        const name = document.querySelector("[data-queue] input");
        name.value = arguments[0];
        name.dispatchEvent(new Event("input"));
        """,
        payload);
    browser.until(page -> browser.find("[data-queue] li").getText().contains("flist"));
    isHarmless();
    isText(payload);
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void errors_that_tell_what_was_asked_for(String payload) {
    String name = escaped(payload);
    for (String address :
        List.of(
            "/no-" + name,
            "/alice/no-" + name + ".flist.md",
            "/alice/tags/no-" + name,
            "/alice/no-" + name,
            "/alice?manage=no-" + name,
            "/alice/web-1.2.flist.md?path=/" + name,
            "/alice/web-1.2.flist.md?diff=" + name + "/" + name,
            "/alice/web-1.2.flist.md?path=/&filter=" + name,
            "/alice/web-1.2.flist.md?in=all&filter=" + name,
            "/search?q=no-such-" + name)) {
      browser.open(address);
      assertThat(Payloads.effects(browser)).as(address).isEqualTo(List.of());
      assertThat(browser.complaints()).allMatch(line -> line.contains("status of 404"));
    }
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void errors_of_forms_that_tell_what_was_sent(String payload) {
    browser.open("/merge?source=" + escaped(payload));
    isHarmless();
    isText(payload);
    convert(payload);
    browser.until(page -> browser.text().contains("Nothing was published"));
    isHarmless();
    browser.scripts(false);
    convert(payload);
    browser.until(page -> browser.address().contains("?job="));
    browser.scripts(true);
    isHarmless();
  }

  private static void convert(String image) {
    browser.open("/docker-convert");
    browser.find("#reference").sendKeys(image);
    browser.find("#image [type=submit]").click();
  }

  /** Nothing ran, and the browser had to stop nothing from running. */
  private static void isHarmless() {
    assertThat(Payloads.effects(browser)).as(browser.address()).isEqualTo(List.of());
    assertThat(browser.complaints()).as(browser.address()).isEmpty();
  }

  private static void isText(String payload) {
    Object text = browser.ask("return document.body.textContent");
    assertThat(String.valueOf(text).contains(payload))
        .as("%s is text on %s", payload, browser.address())
        .isTrue();
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
