package tf.grid.hub.http.form;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.http.body.BodyException.MalformedBodyException;

class MultipartReaderTest {
  private static final String BOUNDARY = "----goldenboundary7d3f";
  private static final String TYPE = "multipart/form-data; boundary=" + BOUNDARY;

  @Test
  void parts_come_in_order_with_their_names_and_content() throws IOException {
    List<FormPart> parts = new ArrayList<>();
    List<String> bodies = new ArrayList<>();
    MultipartReader form =
        reader(
            part("name=\"metadata-a\"", "one")
                + part("name=\"file\"; filename=\"x y.tar.gz\"", "t\r\nwo\r\n--")
                + part("name=\"late\"", "")
                + end());
    for (Optional<FormPart> part = form.next(); part.isPresent(); part = form.next()) {
      parts.add(part.get());
      bodies.add(new String(part.get().body().readAllBytes(), ISO_8859_1));
    }
    assertThat(parts).extracting(FormPart::name).containsExactly("metadata-a", "file", "late");
    assertThat(parts.get(0).fileName()).isEmpty();
    assertThat(parts.get(1).fileName()).contains("x y.tar.gz");
    assertThat(bodies).containsExactly("one", "t\r\nwo\r\n--", "");
  }

  @Test
  void a_part_that_is_not_read_is_skipped() throws IOException {
    MultipartReader form =
        reader(part("name=\"a\"", "x".repeat(700_000)) + part("name=\"b\"", "2") + end());
    form.next();
    FormPart second = form.next().orElseThrow();
    assertThat(second.name()).isEqualTo("b");
    assertThat(second.body().readAllBytes()).containsExactly('2');
  }

  @Test
  void a_part_cannot_be_read_after_the_reader_went_on() throws IOException {
    MultipartReader form = reader(part("name=\"a\"", "1") + part("name=\"b\"", "2") + end());
    InputStream first = form.next().orElseThrow().body();
    form.next();
    assertThatThrownBy(first::read).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anything_but_a_form_is_none() throws IOException {
    assertThat(MultipartReader.of("application/json", InputStream.nullInputStream())).isEmpty();
    assertThat(MultipartReader.of(null, InputStream.nullInputStream())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary="})
  void a_form_without_a_boundary_is_refused(String type) {
    assertThatThrownBy(() -> MultipartReader.of(type, InputStream.nullInputStream()))
        .isInstanceOf(MalformedBodyException.class)
        .hasMessageContaining("boundary");
  }

  @Test
  void a_form_that_is_cut_off_anywhere_is_refused() {
    String form = part("name=\"file\"; filename=\"x.tar.gz\"", "content") + end();
    // The line break behind the last boundary is optional.
    for (int length = 0; length < form.length() - 2; length++) {
      MultipartReader cut = reader(form.substring(0, length));
      assertThatThrownBy(
              () -> {
                for (Optional<FormPart> p = cut.next(); p.isPresent(); p = cut.next()) {
                  p.get().body().readAllBytes();
                }
              })
          .as("cut after %d", length)
          .isInstanceOf(MalformedBodyException.class);
    }
  }

  @Test
  void lines_may_end_in_a_line_feed_alone() throws IOException {
    String form =
        String.join(
            "\n",
            "--" + BOUNDARY,
            "Content-Disposition: form-data; name=\"a\"",
            "",
            "one\r",
            "--" + BOUNDARY,
            "Content-Disposition: form-data; name=\"file\"; filename=\"f\"",
            "",
            "t\nwo\n\r",
            "--" + BOUNDARY + "--",
            "");
    MultipartReader parts = reader(form);
    assertThat(content(parts.next())).isEqualTo("one\r");
    assertThat(content(parts.next())).isEqualTo("t\nwo\n\r");
    assertThat(parts.next()).isEmpty();
  }

  @Test
  void the_last_lines_may_end_in_a_line_feed_alone() throws IOException {
    MultipartReader parts =
        reader(part("name=\"a\"", "one").stripTrailing() + "\n--" + BOUNDARY + "--\n");
    assertThat(content(parts.next())).isEqualTo("one");
    assertThat(parts.next()).isEmpty();
  }

  @Test
  void the_ends_of_lines_are_told_from_content_wherever_reads_end() throws IOException {
    for (String lineBreak : List.of("\r\n", "\n")) {
      for (int length = 131_072 - 200; length < 131_072; length++) {
        String content = "x".repeat(length) + "\r\n\r";
        String form =
            (part("name=\"a\"", "") + end())
                .replace("\r\n", lineBreak)
                .replace("\r", lineBreak.equals("\n") ? "" : "\r");
        int at = form.indexOf(lineBreak + lineBreak) + 2 * lineBreak.length();
        MultipartReader parts = reader(form.substring(0, at) + content + form.substring(at));
        assertThat(content(parts.next())).as("%d", length).isEqualTo(content);
        assertThat(parts.next()).isEmpty();
      }
    }
  }

  @Test
  void a_header_may_go_on_in_the_next_line() throws IOException {
    MultipartReader parts =
        reader(
            "--%1$s\r\nContent-Type: x/y;\r\n name=\"no\"\r\nContent-Disposition: form-data;\r\n\tname=\"file\";\r\n  filename=\"a b\"\r\n\r\none\r\n--%1$s--"
                .formatted(BOUNDARY));
    FormPart part = parts.next().orElseThrow();
    assertThat(part.name()).isEqualTo("file");
    assertThat(part.fileName()).contains("a b");
    assertThat(content(Optional.of(part))).isEqualTo("one");
  }

  @ParameterizedTest
  @CsvSource({
    "a%22b, a\"b",
    "a\\\"b, a\"b",
    "50%.tar, 50%.tar",
    "%41%2F, %41%2F",
  })
  void quotes_in_names_are_unescaped_as_browsers_and_others_escape_them(String sent, String meant)
      throws IOException {
    MultipartReader parts = reader(part("name=\"x\"; filename=\"" + sent + "\"", "") + end());
    assertThat(parts.next().orElseThrow().fileName()).contains(meant);
  }

  @Test
  void line_breaks_in_names_are_unescaped() throws IOException {
    MultipartReader parts = reader(part("name=\"x%0D%0Ay\"", "") + end());
    assertThat(parts.next().orElseThrow().name()).isEqualTo("x\r\ny");
  }

  private static String content(Optional<FormPart> part) throws IOException {
    return new String(part.orElseThrow().body().readAllBytes(), ISO_8859_1);
  }

  @Test
  void endless_headers_are_refused() {
    MultipartReader form = reader("--" + BOUNDARY + "\r\nX: " + "y".repeat(100_000));
    assertThatThrownBy(form::next)
        .isInstanceOf(MalformedBodyException.class)
        .hasMessageContaining("header");
  }

  @Test
  void endless_parts_are_refused() {
    MultipartReader form = reader(part("name=\"a\"", "1").repeat(1001) + end());
    assertThatThrownBy(
            () -> {
              while (form.next().isPresent()) {
                // on to the next
              }
            })
        .isInstanceOf(MalformedBodyException.class)
        .hasMessageContaining("1000 parts");
  }

  /** Content full of almost-delimiters, in streams that hand out odd pieces. */
  @Test
  void it_reads_the_same_content_as_the_library() throws IOException {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      byte[] form =
          bytes(part("name=\"file\"; filename=\"f\"", almost(random)) + end(), ISO_8859_1);
      MultipartInput library =
          MultipartInput.builder()
              .setInputStream(new ByteArrayInputStream(form))
              .setBoundary(bytes(BOUNDARY, ISO_8859_1))
              .get();
      library.skipPreamble();
      library.readHeaders();
      ByteArrayOutputStream expected = new ByteArrayOutputStream();
      library.readBodyData(expected);
      MultipartReader ours = MultipartReader.of(TYPE, new Dribble(form, random)).orElseThrow();
      assertThat(ours.next().orElseThrow().body().readAllBytes())
          .as("seed %d", seed)
          .isEqualTo(expected.toByteArray());
      assertThat(ours.next()).isEmpty();
    }
  }

  private static String almost(Random random) {
    String delimiter = "\r\n--" + BOUNDARY;
    StringBuilder content = new StringBuilder();
    int target = random.nextInt(400_000);
    while (content.length() < target) {
      content.append(delimiter, 0, random.nextInt(delimiter.length()));
      content.append((char) ('A' + random.nextInt(26)));
      if (random.nextInt(50) == 0) {
        content.append("z".repeat(random.nextInt(40_000)));
      }
    }
    return content.toString();
  }

  private static MultipartReader reader(String form) {
    try {
      return MultipartReader.of(TYPE, new ByteArrayInputStream(bytes(form, ISO_8859_1)))
          .orElseThrow();
    } catch (MalformedBodyException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static String part(String disposition, String content) {
    return "--"
        + BOUNDARY
        + "\r\nContent-Disposition: form-data; "
        + disposition
        + "\r\nContent-Type: application/octet-stream\r\n\r\n"
        + content
        + "\r\n";
  }

  private static String end() {
    return "--" + BOUNDARY + "--\r\n";
  }

  private static byte[] bytes(String text, Charset charset) {
    return text.getBytes(charset);
  }

  /** Hands out a few bytes at a time, or many. */
  private static final class Dribble extends InputStream {
    private final ByteArrayInputStream in;
    private final Random random;

    Dribble(byte[] bytes, Random random) {
      this.in = new ByteArrayInputStream(bytes);
      this.random = random;
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int most = random.nextBoolean() ? 1 + random.nextInt(40) : 50_000;
      return in.read(target, offset, Math.min(length, most));
    }
  }
}
