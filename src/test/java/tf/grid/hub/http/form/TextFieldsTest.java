package tf.grid.hub.http.form;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.http.body.BodyException.MalformedBodyException;

class TextFieldsTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "Application/JSON; charset=utf-8";

  @Test
  void a_form_is_read() throws IOException {
    assertThat(read(FORM, "a=1+2&b=%C3%A9&a=3"))
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", "3", "b", "é"));
    assertThat(read(FORM, "")).isEmpty();
    assertThat(read(null, "a=1")).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void json_is_read() throws IOException {
    assertThat(read(JSON, "{\"a\":[\"x\",\"y\"],\"b\":null}"))
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", "x y", "b", ""));
    assertThat(read(JSON, "{\"a\":7}")).isEqualTo(Map.of("a", "7"));
  }

  @Test
  void an_unknown_field_is_named_in_short() {
    assertThatThrownBy(() -> read(FORM, "a=1&scopes=admin"))
        .isInstanceOf(MalformedBodyException.class)
        .hasMessage("there is no field 'scopes' here");
    assertThatThrownBy(() -> read(JSON, "{\"" + "x".repeat(5000) + "\":1}"))
        .isInstanceOf(MalformedBodyException.class)
        .satisfies(refusal -> assertThat(refusal.getMessage().length()).isLessThan(100));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%zz", "a=%1", "%=x"})
  void a_form_with_broken_escapes_is_malformed(String form) {
    assertThatThrownBy(() -> read(FORM, form)).isInstanceOf(MalformedBodyException.class);
  }

  private static Map<String, String> read(String type, String body) throws IOException {
    return TextFields.read(type, new ByteArrayInputStream(body.getBytes(UTF_8)), Set.of("a", "b"));
  }
}
