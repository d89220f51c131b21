package tf.grid.hub.site.preview;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeHtmlTest {

  @Test
  void untrusted_html_is_escaped() {
    assertThat(ReadmeHtml.html("<script>alert(1)</script>\n\na <img src=x onerror=alert(1)> b"))
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
    assertThat(ReadmeHtml.html("[go](<" + address + ">)")).isEqualTo("<p>go</p>\n");
  }

  @Test
  void pictures_are_links_and_tables_are_tables() {
    assertThat(ReadmeHtml.html("![a plan](https://e.example/p.png)"))
        .isEqualTo(
            "<p><a rel=\"nofollow noreferrer\" href=\"https://e.example/p.png\">a plan</a></p>\n");
    assertThat(ReadmeHtml.html("| a |\n|---|\n| 1 |\n")).contains("<table class=", "<td>1</td>");
  }

  @Test
  void what_is_nested_without_end_is_shown_as_it_is() {
    assertThat(ReadmeHtml.html(">".repeat(5000))).startsWith("<pre><code>&gt;");
  }

  @Test
  void the_text_may_be_in_an_object() {
    assertThat(ReadmeHtml.textOf("{\"readme\": \"# Hi\"}")).isEqualTo("# Hi");
    assertThat(ReadmeHtml.textOf("# Hi")).isEqualTo("# Hi");
    assertThat(ReadmeHtml.textOf("{no JSON")).isEqualTo("{no JSON");
  }

  @Test
  void the_license_is_beside_the_text() {
    assertThat(ReadmeHtml.licenseOf("{\"readme\": \"# Hi\", \"license\": \"MIT\"}"))
        .isEqualTo("MIT");
    assertThat(ReadmeHtml.textOf("{\"license\": \"MIT\"}")).isEmpty();
    assertThat(ReadmeHtml.licenseOf("{\"license\": 7}")).isEmpty();
    assertThat(ReadmeHtml.licenseOf("# Hi")).isEmpty();
  }

  @Test
  void the_summary_is_the_text_of_the_first_paragraph() {
    assertThat(
            ReadmeHtml.summary(
                "# Web\n\nServes `/srv` on\nport **80**, see [more](https://a.example).\n\nMore."))
        .isEqualTo("Serves /srv on port 80, see more.");
    assertThat(ReadmeHtml.summary("<b>x</b> y\n")).isEqualTo("x y");
    assertThat(ReadmeHtml.summary("## Only a heading\n\n- item\n")).isEqualTo("Only a heading");
    assertThat(ReadmeHtml.summary("    code\n")).isEmpty();
    assertThat(ReadmeHtml.summary("")).isEmpty();
  }

  @Test
  void a_long_summary_is_cut_between_characters() {
    String cut = ReadmeHtml.summary("😀".repeat(500));
    assertThat(cut.codePointCount(0, cut.length())).isEqualTo(ReadmeHtml.LONGEST_SUMMARY);
    assertThat(cut).endsWith("😀…");
  }

  @Test
  void nested_text_that_would_overflow_the_stack_has_no_summary() {
    assertThat(ReadmeHtml.summary(">".repeat(3000) + "x")).isEmpty();
  }
}
