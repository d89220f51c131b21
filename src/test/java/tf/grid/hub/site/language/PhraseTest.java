package tf.grid.hub.site.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhraseTest {

  private static String plain(String text, Object... arguments) {
    return new Phrase(text).plain(List.of(arguments), number -> "#" + number);
  }

  private static String html(String text, Object... arguments) {
    return new Phrase(text).html(List.of(arguments), number -> "#" + number);
  }

  @Test
  void parameters_may_come_in_any_order_and_twice() {
    assertThat(plain("{1} before {0}, {1}", "a", "b")).isEqualTo("b before a, b");
    assertThat(new Phrase("{1} [x]({3}) {0|a|b}").parameters()).containsExactly(0, 1, 3);
  }

  @Test
  void a_number_has_the_word_that_belongs_to_it() {
    assertThat(plain("{0|file|files}", 1)).isEqualTo("#1 file");
    assertThat(plain("{0|file|files}", 0)).isEqualTo("#0 files");
    assertThat(html("{0|<file|files>}", 2L)).isEqualTo("#2 files>");
  }

  @Test
  void marks_become_elements_and_are_left_out_of_plain_text() {
    String text = "**Copy** `{0}` or [read it]({1})";
    assertThat(html(text, "a<b", "/x?a=1&b=2"))
        .isEqualTo(
            "<strong>Copy</strong> <code>a&lt;b</code> or <a href=\"/x?a=1&amp;b=2\">read it</a>");
    assertThat(plain(text, "a<b", "/x")).isEqualTo("Copy a<b or read it");
  }

  @Test
  void only_markup_is_not_escaped() {
    assertThat(html("{0} {1} < &", new Markup("<b>1</b>"), "<b>\"'"))
        .isEqualTo("<b>1</b> &lt;b&gt;&quot;&#39; &lt; &amp;");
    assertThatThrownBy(() -> plain("{0}", new Markup("<b>")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void marks_in_arguments_are_text() {
    assertThat(html("**{0}**", "`**[a](/b){0}")).isEqualTo("<strong>`**[a](/b){0}</strong>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"javascript:alert(1)", "data:,x", "JavaScript:x", "x", "", " /x"})
  void a_link_runs_no_script(String address) {
    assertThatThrownBy(() -> html("[go]({0})", address))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"`a", "**a", "[a", "[a](b)", "{a}", "{", "a}", "{0|one}"})
  void a_malformed_text_is_found_at_once(String text) {
    assertThatThrownBy(() -> new Phrase(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
