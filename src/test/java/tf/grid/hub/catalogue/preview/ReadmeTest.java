package tf.grid.hub.catalogue.preview;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeTest {

  @Test
  void html_of_strangers_is_shown_and_not_used() {
    assertThat(Readme.html("<script>alert(1)</script>\n\na <img src=x onerror=alert(1)> b"))
        .doesNotContain("<script", "<img")
        .contains("&lt;script&gt;", "&lt;img");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "/token",
        "//e.x"
      })
  void links_that_lead_nowhere_good_are_text(String address) {
    assertThat(Readme.html("[go](<" + address + ">)")).isEqualTo("<p>go</p>\n");
  }

  @Test
  void pictures_are_links_and_tables_are_tables() {
    assertThat(Readme.html("![a plan](https://e.example/p.png)"))
        .isEqualTo(
            "<p><a rel=\"nofollow noreferrer\" href=\"https://e.example/p.png\">a plan</a></p>\n");
    assertThat(Readme.html("| a |\n|---|\n| 1 |\n")).contains("<table class=", "<td>1</td>");
  }

  @Test
  void what_is_nested_without_end_is_shown_as_it_is() {
    assertThat(Readme.html(">".repeat(5000))).startsWith("<pre><code>&gt;");
  }

  @Test
  void the_text_may_be_in_an_object() {
    assertThat(Readme.textOf("{\"readme\": \"# Hi\"}")).isEqualTo("# Hi");
    assertThat(Readme.textOf("# Hi")).isEqualTo("# Hi");
    assertThat(Readme.textOf("{no JSON")).isEqualTo("{no JSON");
  }

  @Test
  void the_license_is_beside_the_text() {
    assertThat(Readme.licenseOf("{\"readme\": \"# Hi\", \"license\": \"MIT\"}")).isEqualTo("MIT");
    assertThat(Readme.textOf("{\"license\": \"MIT\"}")).isEmpty();
    assertThat(Readme.licenseOf("{\"license\": 7}")).isEmpty();
    assertThat(Readme.licenseOf("# Hi")).isEmpty();
  }
}
