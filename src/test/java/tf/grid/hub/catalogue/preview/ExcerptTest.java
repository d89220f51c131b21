package tf.grid.hub.catalogue.preview;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExcerptTest {

  @Test
  void a_character_that_is_cut_in_two_waits_for_the_next_part() {
    byte[] bytes = Arrays.copyOf("aé".getBytes(UTF_8), 2);

    Excerpt part = Excerpt.of(bytes, 0, 3);

    assertThat(part.text()).contains("a");
    assertThat(part.to()).isEqualTo(1);
  }

  @Test
  void what_is_no_text_comes_in_digits() {
    Excerpt part = Excerpt.of(new byte[] {'A', 0, (byte) 0xff}, 16, 19);

    assertThat(part.text()).isEmpty();
    assertThat(part.lines()).containsExactly(new HexLine("00000010", "41 00 ff", "A.."));
  }

  @Test
  void pictures_are_told_by_their_first_bytes() {
    assertThat(Picture.of("\u0089PNG\r\n\u001a\nrest".getBytes(ISO_8859_1))).contains(Picture.PNG);
    assertThat(Picture.of("RIFF1234WEBP".getBytes(ISO_8859_1))).contains(Picture.WEBP);
    assertThat(Picture.of("<svg onload=alert(1)>".getBytes(ISO_8859_1))).isEmpty();
    assertThat(Picture.of(new byte[0])).isEmpty();
  }
}
