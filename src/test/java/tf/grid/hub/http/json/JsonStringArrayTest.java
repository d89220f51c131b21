package tf.grid.hub.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.http.json.JsonStringArray.NotStringArrayException;

class JsonStringArrayTest {

  private static List<String> read(String body) throws IOException {
    return JsonStringArray.read(new ByteArrayInputStream(body.getBytes(UTF_8)), 3);
  }

  @Test
  void an_array_of_strings_is_read() throws IOException {
    assertThat(read(" [\"a\", \"\\u00e9\\n\", \"a\"]\n")).containsExactly("a", "é\n", "a");
    assertThat(read("[]")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "{}",
        "\"a\"",
        "[",
        "[\"a\"",
        "[\"a\",]",
        "[1]",
        "[null]",
        "[[\"a\"]]",
        "[{}]",
        "[\"a\"] x",
        "[\"a\"][]",
        "['a']",
        "[\"a\",\"b\",\"c\",\"d\"]"
      })
  void anything_else_is_refused(String body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(NotStringArrayException.class);
  }

  @Test
  void depth_does_not_matter() {
    assertThatThrownBy(() -> read("[".repeat(1_000_000)))
        .isInstanceOf(NotStringArrayException.class);
  }

  @Test
  void bytes_that_are_not_utf_8_are_refused() {
    byte[] body = {'[', '"', (byte) 0xff, '"', ']'};
    assertThatThrownBy(() -> JsonStringArray.read(new ByteArrayInputStream(body), 3))
        .isInstanceOf(NotStringArrayException.class);
  }

  @Test
  void a_failure_of_the_stream_is_no_fault_of_the_json() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the wire broke");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            return read();
          }
        };
    assertThatThrownBy(() -> JsonStringArray.read(broken, 3))
        .isNotInstanceOf(NotStringArrayException.class)
        .hasMessage("the wire broke");
  }
}
