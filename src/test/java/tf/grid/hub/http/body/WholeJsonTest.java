package tf.grid.hub.http.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeJsonTest {

  @Test
  void an_object_and_an_array_are_read() throws MalformedBody {
    assertThat(
            WholeJson.object(bytes(" {\"a\": {\"b\": \"é\"}}\n")).getJsonObject("a").getString("b"))
        .isEqualTo("é");
    assertThat(WholeJson.array(bytes("[1, []]"))).hasSize(2);
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
    assertThatThrownBy(() -> WholeJson.object(bytes(json)))
        .isInstanceOf(MalformedBody.class)
        .hasMessageStartingWith("malformed json request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "1"})
  void what_is_too_deep_or_too_long_is_malformed(String part) {
    assertThatThrownBy(() -> WholeJson.object(bytes("{\"x\":" + part.repeat(8000))))
        .isInstanceOf(MalformedBody.class);
    String closed = "[".repeat(8000) + "]".repeat(8000);
    assertThatThrownBy(() -> WholeJson.array(bytes(closed))).isInstanceOf(MalformedBody.class);
  }

  @Test
  void bytes_that_are_no_text_are_malformed() {
    assertThatThrownBy(() -> WholeJson.object(new byte[] {'{', '"', (byte) 0xff, '"', ':'}))
        .isInstanceOf(MalformedBody.class);
  }

  private static byte[] bytes(String json) {
    return json.getBytes(UTF_8);
  }
}
