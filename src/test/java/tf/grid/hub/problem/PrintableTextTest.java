package tf.grid.hub.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PrintableTextTest {
  private static String of(String latin) {
    return PrintableText.of(latin.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void ordinary_text_of_any_script_stays() {
    String text = "a b/ü-環境-👩‍🚀-back\\slash";
    assertThat(PrintableText.of(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
    assertThat(PrintableText.of(text)).isEqualTo(text);
  }

  @Test
  void control_characters_become_their_bytes() {
    assertThat(of("a\nb\u001b[31m\0\u007f")).isEqualTo("a\\x0ab\\x1b[31m\\x00\\x7f");
    assertThat(PrintableText.of("\u009b")).isEqualTo("\\xc2\\x9b");
    assertThat(PrintableText.of("\u2028\u202e")).isEqualTo("\\xe2\\x80\\xa8\\xe2\\x80\\xae");
  }

  @Test
  void bytes_that_are_not_utf8_are_shown_each() {
    assertThat(of("\u008a\u00c2\u008b\u00ab.txt")).isEqualTo("\\x8a\\xc2\\x8b\\xab.txt");
    assertThat(of("caf\u00e9")).isEqualTo("caf\\xe9");
    assertThat(of("cut\u00e2\u0082")).isEqualTo("cut\\xe2\\x82");
    assertThat(of("\u00c3\u00bc\u00ff\u00c3\u00bc")).isEqualTo("ü\\xffü");
  }

  @Test
  void a_long_text_is_cut() {
    assertThat(PrintableText.shortened("abcdef", 3)).isEqualTo("abc…");
    assertThat(PrintableText.shortened("abc", 3)).isEqualTo("abc");
    assertThat(PrintableText.shortened(new byte[] {'a', '\n', 'b'}, 2)).isEqualTo("a\\x0a…");
  }
}
