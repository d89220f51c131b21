package tf.grid.hub.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.client.Uploader;

/** Signing in and out and the page of tokens, as a person uses them. */
@NeedsPrograms({"chromium", "chromedriver"})
class AccountFormsIT {
  private static final ExampleHub SITE = ExampleHub.shared();
  private static Chromium browser;

  @BeforeAll
  static void start() {
    browser = SITE.signedIn("carol");
  }

  @AfterAll
  static void stop() {
    browser.close();
  }

  @Test
  void who_signs_in_gets_where_he_wanted_and_who_signs_out_is_out() {
    try (Chromium visitor = SITE.visitor()) {
      visitor.open("/token");
      assertThat(visitor.address()).isEqualTo("/login-method?to=%2Ftoken");

      visitor.find("#trial\\:name").sendKeys("dave" + Keys.ENTER);
      visitor.until(page -> visitor.address().equals("/token"));
      assertThat(visitor.find("header").getText()).contains("dave");

      visitor.open("/logout");
      visitor.follow(visitor.find("#end [type=submit]"));
      visitor.open("/token");
      assertThat(visitor.address()).startsWith("/login-method");
    }
  }

  @Test
  void a_name_that_cannot_be_is_pointed_out_beside_the_field() {
    try (Chromium visitor = SITE.visitor()) {
      visitor.open("/login-method");
      visitor.find("#trial\\:name").sendKeys("a/b");
      visitor.follow(visitor.find("#trial [type=submit]"));

      assertThat(visitor.find("[role=alert]").getText()).contains("Invalid user name");
      assertThat(visitor.find("#trial\\:name").getAttribute("class")).contains("is-invalid");
      assertThat(Axe.findings(visitor)).isEmpty();
    }
  }

  @Test
  void a_token_is_made_copied_used_and_revoked() throws IOException {
    String origin = SITE.hub().uri("").toString();
    browser.command(
        "Browser.grantPermissions",
        Map.of(
            "origin",
            origin,
            "permissions",
            List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
    browser.open("/token");
    browser.find("#new\\:label").sendKeys("from a browser");
    browser.follow(browser.find("#new\\:make"));

    WebElement copy = browser.find("button[data-copy]");
    copy.click();
    browser.until(page -> copy.getText().equals("Copied"));
    Object copied = browser.await("navigator.clipboard.readText().then(arguments[0])");
    Uploader client = new Uploader(SITE.hub().uri("/")).with("Authorization", "bearer " + copied);
    assertThat(client.get("/api/flist/me").body()).contains("\"carol\"");

    browser.open("/token");
    assertThat(browser.text()).doesNotContain(String.valueOf(copied));
    browser.follow(browser.find("button[aria-label='Revoke from a browser']"));
    assertThat(browser.text()).doesNotContain("from a browser");
    assertThat(client.get("/api/flist/me").statusCode()).isEqualTo(401);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void all_tokens_are_revoked_by_their_user_or_by_an_administrator_who_ends_the_session_too()
      throws IOException {
    try (Chromium erin = SITE.signedIn("erin");
        Chromium administrator = SITE.signedIn(ExampleHub.USER)) {
      Uploader first = program("erin");
      erin.open("/token");
      erin.follow(erin.find("#all\\:revoke"));
      assertThat(erin.text()).contains("Tokens that were revoked: ", "You have no tokens.");
      assertThat(first.get("/api/flist/me").statusCode()).isEqualTo(401);

      Uploader second = program("erin");
      administrator.open("/admin");
      administrator.find("#tokens\\:account").sendKeys("erin");
      administrator.follow(administrator.find("#tokens\\:revoke"));
      assertThat(administrator.text()).contains("Tokens of erin that were revoked: 1.");
      assertThat(second.get("/api/flist/me").statusCode()).isEqualTo(401);
      erin.open("/token");
      assertThat(erin.address()).startsWith("/login-method");
      administrator.open("/admin?action=revoke-tokens&text=erin");
      assertThat(administrator.text()).contains("revoke-tokens");
    }
  }

  private static Uploader program(String user) throws IOException {
    Uploader anybody = new Uploader(SITE.hub().uri("/"));
    String answer =
        anybody
            .with("Content-Type", "application/x-www-form-urlencoded")
            .postText("/api/tokens", "user=" + user)
            .body();
    String token = answer.replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
    return anybody.with("Authorization", "bearer " + token);
  }

  @Test
  void menus_open_by_keys_and_close_by_escape_or_a_click_elsewhere() {
    browser.open("/token");
    WebElement menu = browser.find("header details");
    WebElement opener = menu.findElement(org.openqa.selenium.By.tagName("summary"));
    opener.sendKeys(Keys.ENTER);
    assertThat(menu.getAttribute("open")).isNotNull();
    assertThat(browser.find("a[href='/upload']").isDisplayed()).isTrue();

    opener.sendKeys(Keys.ESCAPE);
    assertThat(menu.getAttribute("open")).isNull();
    assertThat(browser.driver().switchTo().activeElement()).isEqualTo(opener);

    opener.click();
    browser.find("h1").click();
    assertThat(menu.getAttribute("open")).isNull();
  }

  @Test
  void the_content_is_one_key_away() {
    browser.open("/token");
    browser.find("body").sendKeys(Keys.TAB);
    WebElement first = browser.driver().switchTo().activeElement();
    assertThat(first.getText()).isEqualTo("Skip to content");
    assertThat(first.isDisplayed()).isTrue();
    first.sendKeys(Keys.ENTER);
    assertThat(browser.ask("return location.hash")).isEqualTo("#main");
  }
}
