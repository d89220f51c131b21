package tf.grid.hub.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.http.body.BodyException.MalformedBodyException;

class BoundedJsonTest {

  @Test
  void an_object_and_an_array_are_read() throws MalformedBodyException {
    assertThat(
            BoundedJson.object(bytes(" {\"a\": {\"b\": \"é\"}}\n"))
                .getJsonObject("a")
                .getString("b"))
        .isEqualTo("é");
    assertThat(BoundedJson.array(bytes("[1, []]"))).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "[]",
        "7",
        "null",
        "{",
        "{\"a\":1,}",
        "{} {}",
        "{}x",
        "{},",
        "\"{}\""
      })
  void anything_else_is_malformed(String json) {
    assertThatThrownBy(() -> BoundedJson.object(bytes(json)))
        .isInstanceOf(MalformedBodyException.class)
        .hasMessageStartingWith("malformed json request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "1"})
  void what_is_too_deep_or_too_long_is_malformed(String part) {
    assertThatThrownBy(() -> BoundedJson.object(bytes("{\"x\":" + part.repeat(8000))))
        .isInstanceOf(MalformedBodyException.class);
    String closed = "[".repeat(8000) + "]".repeat(8000);
    assertThatThrownBy(() -> BoundedJson.array(bytes(closed)))
        .isInstanceOf(MalformedBodyException.class);
  }

  @Test
  void bytes_that_are_no_text_are_malformed() {
    assertThatThrownBy(() -> BoundedJson.object(new byte[] {'{', '"', (byte) 0xff, '"', ':'}))
        .isInstanceOf(MalformedBodyException.class);
  }

  private static byte[] bytes(String json) {
    return json.getBytes(UTF_8);
  }
}
