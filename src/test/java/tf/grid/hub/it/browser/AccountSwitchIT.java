package tf.grid.hub.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.support.ui.Select;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.client.Uploader;

/** Acting for another account, as a person does it. */
@NeedsPrograms({"chromium", "chromedriver"})
class AccountSwitchIT {
  private static final ExampleHub SITE = ExampleHub.shared();

  @Test
  void what_is_published_goes_to_the_account_that_was_chosen() throws IOException {
    Uploader anyone = new Uploader(SITE.hub().uri("/"));
    try (Chromium browser = SITE.signedIn(ExampleHub.USER)) {
      browser.open("/login-method?to=/logout");
      Select accounts = new Select(browser.find("#account\\:chosen"));
      assertThat(accounts.getOptions())
          .extracting(option -> option.getText())
          .containsExactly("alice", "team", "tools");
      assertThat(accounts.getFirstSelectedOption().getText()).isEqualTo("alice");
      assertThat(Axe.findings(browser)).isEmpty();

      accounts.selectByValue("team");
      browser.follow(browser.find("#account\\:choose"));
      assertThat(browser.address()).isEqualTo("/logout");
      assertThat(browser.find("header").getText()).contains("alice for team");

      merge(browser, "for-team");
      assertThat(anyone.get("/api/flist/team/for-team/light").statusCode()).isEqualTo(200);

      browser.open("/login-method");
      new Select(browser.find("#account\\:chosen")).selectByValue("alice");
      browser.follow(browser.find("#account\\:choose"));
      browser.open("/logout");
      assertThat(browser.find("header").getText()).contains("alice").doesNotContain("team");
    }
  }

  @Test
  void an_account_that_was_not_granted_is_not_taken() throws IOException {
    try (Chromium browser = SITE.signedIn("bob")) {
      browser.open("/login-method");
      assertThat(new Select(browser.find("#account\\:chosen")).getOptions()).hasSize(1);
      browser.ask("document.cookie = 'active-user=team; path=/'");
      browser.open("/logout");
      assertThat(browser.find("header").getText()).doesNotContain("team");

      browser.open("/login-method");
      browser.ask("document.querySelector('#account\\\\:chosen option').value = 'team'");
      browser.follow(browser.find("#account\\:choose"));
      assertThat(browser.address()).isEqualTo("/login-method");
      browser.open("/logout");
      assertThat(browser.find("header").getText()).doesNotContain("team");
    }
  }

  private static void merge(Chromium browser, String name) {
    browser.open("/merge?source=alice/tools&source=alice/web-1.2");
    browser.find("#merge\\:name").sendKeys(name);
    browser.follow(browser.find("#merge\\:do"));
  }
}
