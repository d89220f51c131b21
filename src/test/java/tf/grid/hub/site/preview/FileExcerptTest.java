package tf.grid.hub.site.preview;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tf.grid.hub.site.preview.FileExcerpt.HexLine;

class FileExcerptTest {

  @Test
  void a_character_that_is_cut_in_two_waits_for_the_next_part() {
    byte[] bytes = Arrays.copyOf("aé".getBytes(UTF_8), 2);

    FileExcerpt part = FileExcerpt.of(bytes, 0, 3);

    assertThat(part.text()).contains("a");
    assertThat(part.to()).isEqualTo(1);
  }

  @Test
  void what_is_no_text_comes_in_digits() {
    FileExcerpt part = FileExcerpt.of(new byte[] {'A', 0, (byte) 0xff}, 16, 19);

    assertThat(part.text()).isEmpty();
    assertThat(part.lines()).containsExactly(new HexLine("00000010", "41 00 ff", "A.."));
  }

  @Test
  void pictures_are_told_by_their_first_bytes() {
    assertThat(ImageType.of("\u0089PNG\r\n\u001a\nrest".getBytes(ISO_8859_1)))
        .contains(ImageType.PNG);
    assertThat(ImageType.of("RIFF1234WEBP".getBytes(ISO_8859_1))).contains(ImageType.WEBP);
    assertThat(ImageType.of("<svg onload=alert(1)>".getBytes(ISO_8859_1))).isEmpty();
    assertThat(ImageType.of(new byte[0])).isEmpty();
  }

  @Test
  void a_part_of_a_text_ends_behind_a_line() {
    byte[] bytes = "one\ntwo\nthr".getBytes(UTF_8);

    FileExcerpt part = FileExcerpt.of(bytes, 0, 100);

    assertThat(part.text()).contains("one\ntwo\n");
    assertThat(part.to()).isEqualTo(8);
  }

  @Test
  void the_part_before_ends_where_the_next_begins_and_begins_with_a_line() {
    FileExcerpt part = FileExcerpt.before("ne\ntwo\nthree\n".getBytes(UTF_8), 1, 100);

    assertThat(part.text()).contains("two\nthree\n");
    assertThat(part.from()).isEqualTo(4);
    assertThat(part.to()).isEqualTo(14);
  }

  @Test
  void the_part_before_does_not_begin_with_half_a_character() {
    byte[] half = Arrays.copyOfRange("éabcdefgh".getBytes(UTF_8), 1, 10);

    assertThat(FileExcerpt.before(half, 5, 100).text()).contains("abcdefgh");
  }

  @Test
  void the_part_before_of_what_is_no_text_is_as_long_as_others() {
    FileExcerpt part = FileExcerpt.before(new byte[10_000], 0, 20_000);

    assertThat(part.from()).isEqualTo(10_000 - 4096);
    assertThat(part.to()).isEqualTo(10_000);
    assertThat(part.lines()).hasSize(256);
  }

  @Test
  void an_earlier_encoding_is_taken_for_latin_1() {
    FileExcerpt part = FileExcerpt.of("Grüße\n".getBytes(ISO_8859_1), 0, 6);

    assertThat(part.text()).contains("Grüße\n");
    assertThat(part.utf8()).isFalse();
    assertThat(FileExcerpt.of("Grüße\n".getBytes(UTF_8), 0, 8).utf8()).isTrue();
  }

  @Test
  void control_characters_make_no_text() {
    assertThat(FileExcerpt.of(new byte[] {'a', 1}, 0, 2).text()).isEmpty();
    assertThat(FileExcerpt.of(new byte[] {'a', (byte) 0x85}, 0, 2).text()).isEmpty();
    assertThat(FileExcerpt.of("\u001b[1mbold\r\n".getBytes(UTF_8), 0, 10).text()).isPresent();
  }

  @Test
  void lines_that_are_too_long_are_noticed() {
    assertThat(FileExcerpt.of("x".repeat(501).getBytes(UTF_8), 0, 501).wide()).isTrue();
    assertThat(FileExcerpt.of("x\n".repeat(501).getBytes(UTF_8), 0, 1002).wide()).isFalse();
    assertThat(FileExcerpt.of(new byte[0], 0, 0).text()).contains("");
  }
}
