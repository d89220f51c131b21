package tf.grid.hub.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.build.tar.TarBytes;

/** The website in German, and the choice of a language. */
@NeedsPrograms({"chromium", "chromedriver"})
class LanguageIT {
  private static final ExampleHub SITE = ExampleHub.shared();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static Chromium browser;

  @BeforeAll
  static void start() {
    browser = SITE.signedIn(ExampleHub.USER);
    browser.open("/?language=de");
  }

  @AfterAll
  static void stop() throws IOException {
    browser.close();
    SITE.as(ExampleHub.USER).send("DELETE", "/api/flist/me/gruss.flist");
  }

  private static HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(SITE.hub().uri(path)).header("Accept", "text/html");
    return CLIENT.send(
        headers.length == 0 ? request.build() : request.headers(headers).build(),
        BodyHandlers.ofString());
  }

  private static String packed(String path, String language) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(SITE.hub().uri(path))
            .headers("Accept", "text/html", "Accept-Encoding", "gzip", "Accept-Language", language)
            .build();
    HttpResponse<InputStream> page = CLIENT.send(request, BodyHandlers.ofInputStream());
    boolean gzip = page.headers().firstValue("Content-Encoding").filter("gzip"::equals).isPresent();
    try (InputStream body = gzip ? new GZIPInputStream(page.body()) : page.body()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Pages for visitors who are not signed in are kept between requests. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/alice",
        "/alice/tags/stable",
        "/alice/web-1.3.flist.md",
        "/alice/web-1.3.flist.md?path=/etc",
        "/search?q=web",
        "/alice/no-such.flist.md",
      })
  void a_kept_page_has_the_language_of_its_reader(String path) throws Exception {
    for (int round = 0; round < 2; round++) {
      assertThat(get(path, "Accept-Language", "de-AT,de;q=0.9").body())
          .contains("<html lang=\"de\"", "Zum Inhalt springen")
          .doesNotContain("Skip to content");
      assertThat(get(path).body()).contains("<html lang=\"en\"", "Skip to content");
      assertThat(get(path, "Accept-Language", "en", "Cookie", "hub-language=de").body())
          .contains("<html lang=\"de\"");
      assertThat(packed(path, "de")).contains("<html lang=\"de\"");
      assertThat(packed(path, "en")).contains("<html lang=\"en\"");
    }
    HttpResponse<String> page = get("/", "Accept-Language", "de");
    assertThat(page.headers().firstValue("Content-Language")).hasValue("de");
    assertThat(page.headers().allValues("Vary")).contains("Accept-Language, Cookie");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
  }

  @Test
  void the_choice_is_kept_in_a_cookie_and_not_in_the_address() throws Exception {
    HttpResponse<String> chosen = get("/alice?sort=size&language=de&filter=w%2Fb");
    assertThat(chosen.statusCode()).isEqualTo(303);
    assertThat(chosen.headers().firstValue("Location")).hasValue("/alice?sort=size&filter=w%2Fb");
    assertThat(chosen.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("hub-language=de;")
        .containsIgnoringCase("HttpOnly")
        .contains("SameSite=Lax");
    assertThat(get("/alice?language=fr").statusCode()).isEqualTo(200);
    for (String elsewhere : List.of("//evil.example/", "/\\evil.example/", "/%5Cevil.example")) {
      assertThat(
              get(elsewhere.replace("\\", "%5C") + "?language=de").headers().firstValue("Location"))
          .satisfies(to -> assertThat(to.orElse("/")).doesNotStartWith("//"));
    }
  }

  @Test
  void programs_get_the_same_answers_in_all_languages() throws Exception {
    for (String path : List.of("/api/flist/alice/none", "/api/none", "/api/flist/alice")) {
      assertThat(get(path, "Accept-Language", "de").body()).isEqualTo(get(path).body());
    }
  }

  @Test
  void the_footer_changes_the_language_without_scripts() {
    try (Chromium visitor = SITE.visitor()) {
      visitor.scripts(false);
      visitor.open("/alice?sort=size");
      visitor.follow(visitor.driver().findElement(By.linkText("Deutsch")));
      assertThat(visitor.address()).isEqualTo("/alice?sort=size");
      assertThat(visitor.find("html").getAttribute("lang")).isEqualTo("de");
      assertThat(visitor.text()).contains("3 Flists mit", "Geändert", "Kontingent");
      visitor.follow(visitor.driver().findElement(By.linkText("English")));
      assertThat(visitor.find("html").getAttribute("lang")).isEqualTo("en");
      visitor.open("/nothing-here/at-all/of-any/kind");
      visitor.follow(visitor.driver().findElement(By.linkText("Deutsch")));
      assertThat(visitor.address()).isEqualTo("/");
      assertThat(visitor.find("h1").getText()).startsWith("Dateisysteme");
    }
  }

  @Test
  void a_flist_is_found_and_looked_at() {
    browser.open("/alice");
    browser.find("header [name=q]").sendKeys("web-1.3");
    browser.until(page -> browser.all("header [role=option]").size() > 0);
    assertThat(browser.find("header [role=option]").getText())
        .contains("Flist · ")
        .doesNotContain("ago");
    browser.open("/search?q=web");
    assertThat(browser.text()).contains("Treffer", "Art", "Größe", "geändert");

    browser.open("/alice/web-1.3.flist.md");
    assertThat(browser.text())
        .contains("Dateien", "Inhalt, ", "geändert", "Herunterladen", "Hochgeladen von");
    browser.until(page -> !browser.all("button[data-copy]").isEmpty());
    assertThat(browser.find("button[data-copy]").getText()).isEqualTo("Kopieren");
    browser.find("button.twist").click();
    browser.until(page -> browser.all("[data-level='1']").size() > 0);
    browser.open("/alice/web-1.2.flist.md?diff=alice/web-1.3.flist");
    assertThat(browser.text()).contains("Unterschiede", "Vorher");
    browser.open("/alice/none.flist.md");
    assertThat(browser.find("[role=alert]").getText())
        .isEqualTo("Hier gibt es keine Flist „alice/none.flist“.");
    assertThat(browser.complaints()).allMatch(line -> line.contains("status of 404"));
  }

  @Test
  void a_flist_is_published_linked_and_deleted() throws IOException {
    browser.open("/upload");
    browser.ask(
        """
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([new Uint8Array(arguments[0])], "gruss.tar.gz"));
        document.querySelector("[data-drop]").dispatchEvent(
          new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
        """,
        bytes(new TarBytes().file("motd", "Guten Tag\n").gzip()));
    browser.until(
        page -> browser.find("[data-queue] li").getText().contains("Neue Flist in alice"));
    browser.find("#upload [type=submit]").click();
    browser.until(page -> !browser.all("[role=status] a").isEmpty());
    assertThat(browser.find("[role=status]").getText())
        .contains("alice/gruss.flist ist veröffentlicht: 1 Datei, ", "Öffnen", "Zusammenführen");

    browser.open("/alice?manage=gruss.flist");
    browser.find("#link\\:name").clear();
    browser.find("#link\\:name").sendKeys("hallo");
    browser.follow(browser.find("#link\\:do"));
    assertThat(browser.text()).contains("Link erstellt.");
    browser.open("/alice?manage=gruss.flist&delete");
    assertThat(browser.find("[role=note]").getText())
        .contains("Flist löschen?", "führen dann ins Leere", "alice/hallo.flist");
    browser.follow(browser.find("#delete\\:do"));
    assertThat(browser.text()).contains("Gelöscht.", "defekter Link");
    SITE.as(ExampleHub.USER).send("DELETE", "/api/flist/me/hallo.flist");
    assertThat(browser.complaints()).isEmpty();
  }

  private static List<Integer> bytes(byte[] archive) {
    Integer[] numbers = new Integer[archive.length];
    for (int i = 0; i < archive.length; i++) {
      numbers[i] = archive[i] & 0xff;
    }
    return List.of(numbers);
  }

  @Test
  void forms_explain_what_is_missing() {
    browser.open("/token");
    browser.find("#new\\:label").sendKeys("Bau");
    browser.all("#new [type=checkbox]:checked").forEach(box -> box.click());
    browser.follow(browser.find("#new\\:make"));
    assertThat(browser.text()).contains("Mindestens eine Berechtigung wählen.");
    browser.open("/alice?manage=web-1.2.flist");
    browser.find("#rename\\:name").clear();
    browser.follow(browser.find("#rename\\:do"));
    assertThat(browser.find("[role=alert]").getText()).isEqualTo("Neuer Name ist erforderlich.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/alice",
        "/alice/tags/stable",
        "/alice/web-1.3.flist.md",
        "/alice/web-1.3.flist.md?path=/etc/passwd",
        "/search?q=web",
        "/upload",
        "/docker-convert",
        "/upload-flist",
        "/merge?source=alice/web-1.2.flist&source=alice/web-1.3.flist",
        "/alice?manage=web-1.3.flist",
        "/token",
        "/login-method",
        "/admin",
        "/openapi-ui",
      })
  void pages_fit_their_window(String address) {
    browser.open(address);
    for (Look look : List.of(Look.DESK_LIGHT, Look.PHONE_LIGHT)) {
      browser.look(look);
      Picture.take(browser, "german" + address.replaceAll("[^a-z0-9]+", "-") + look.suffix());
      assertThat((Long) browser.ask("return document.scrollingElement.scrollWidth"))
          .as("as wide as the window, %s", look)
          .isLessThanOrEqualTo(look.width());
    }
    browser.look(Look.DESK_LIGHT);
    assertThat(browser.complaints()).isEmpty();
  }
}
