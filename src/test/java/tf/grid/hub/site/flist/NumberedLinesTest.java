package tf.grid.hub.site.flist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumberedLinesTest {

  @Test
  void every_line_has_an_anchor_and_is_escaped() {
    assertThat(NumberedLines.html("a<b>&\n\nend", 7))
        .isEqualTo(
            "<span id=\"L7\"><a href=\"#L7\" data-line=\"7\" tabindex=\"-1\" aria-hidden=\"true\"></a>"
                + "a&lt;b&gt;&amp;\n</span>"
                + "<span id=\"L8\"><a href=\"#L8\" data-line=\"8\" tabindex=\"-1\" aria-hidden=\"true\"></a>"
                + "\n</span>"
                + "<span id=\"L9\"><a href=\"#L9\" data-line=\"9\" tabindex=\"-1\" aria-hidden=\"true\"></a>"
                + "end</span>");
  }

  @Test
  void a_text_of_very_many_lines_is_not_numbered() {
    assertThat(NumberedLines.html("\n".repeat(5_000), 1)).contains("id=\"L5000\"");
    assertThat(NumberedLines.html("\n".repeat(5_001), 1)).isEmpty();
  }
}
