package tf.grid.hub.http.form;

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
import tf.grid.hub.http.body.BodyException.MissingFileException;
import tf.grid.hub.http.body.RequestBody;
import tf.grid.hub.limit.Ticker;

class IncomingFormTest {
  private static final String TYPE = "multipart/form-data; boundary=xyz";

  private static String part(String disposition, String content) {
    return "--xyz\r\nContent-Disposition: form-data; "
        + disposition
        + "\r\n\r\n"
        + content
        + "\r\n";
  }

  private static IncomingForm form(String body) throws IOException {
    return IncomingForm.of(TYPE, received((body + "--xyz--\r\n").getBytes(UTF_8)));
  }

  private static RequestBody received(byte[] body) {
    return received(new ByteArrayInputStream(body));
  }

  private static RequestBody received(InputStream body) {
    return new RequestBody(body, 1 << 20, Ticker.SYSTEM);
  }

  @Test
  void the_first_field_is_taken_and_not_seen_again() throws IOException {
    IncomingForm form = form(part("name=\"token\"", "secret") + part("name=\"b\"", "2"));
    assertThat(form.first("token")).hasValue("secret");
    assertThat(form.next()).hasValueSatisfying(part -> assertThat(part.name()).isEqualTo("b"));
    assertThat(form.next()).isEmpty();
  }

  @Test
  void another_first_field_is_left_for_others_with_its_content() throws IOException {
    IncomingForm form = form(part("name=\"a\"", "1") + part("name=\"token\"", "secret"));
    assertThat(form.first("token")).isEmpty();
    FormPart first = form.next().orElseThrow();
    assertThat(first.name()).isEqualTo("a");
    assertThat(first.body().readAllBytes()).asString(UTF_8).isEqualTo("1");
    assertThat(form.next()).hasValueSatisfying(part -> assertThat(part.name()).isEqualTo("token"));
  }

  @Test
  void a_file_is_no_field_and_no_more_than_a_kilobyte_is_taken() throws IOException {
    assertThat(form(part("name=\"token\"; filename=\"x\"", "secret")).first("token")).isEmpty();
    IncomingForm lengthy = form(part("name=\"token\"", "x".repeat(5000)));
    assertThat(lengthy.first("token").orElseThrow()).hasSize(1024);
    assertThat(lengthy.next()).isEmpty();
  }

  @Test
  void a_form_without_parts_has_no_first_field_but_a_body() throws IOException {
    IncomingForm form =
        IncomingForm.of(
            "application/x-www-form-urlencoded",
            received("token=secret&image=app".getBytes(UTF_8)));
    assertThat(form.first("token")).isEmpty();
    assertThat(FormFields.of(form).value("image")).hasValue("app");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"multipart/mixed; boundary=xyz", "application/x-www-form-urlencoded", "text/x\ny"})
  void a_file_in_a_body_of_another_type_is_not_found_and_the_message_says_why(String type)
      throws IOException {
    IncomingForm form = IncomingForm.of(type, received(new byte[0]));
    assertThatThrownBy(() -> FileForm.ofFile(form, ".flist"))
        .isInstanceOf(MissingFileException.class)
        .hasMessage(
            "no file found: the content type of the form must be multipart/form-data, and not "
                + type.replace("\n", "\\x0a"));
  }

  @Test
  void a_body_without_a_type_and_a_form_without_a_file_have_no_file() throws IOException {
    for (IncomingForm form :
        List.of(IncomingForm.of(null, received(new byte[0])), form(part("name=\"a\"", "1")))) {
      assertThatThrownBy(() -> FileForm.ofFile(form, ".flist")).hasMessage("no file found");
    }
  }

  @Test
  void what_is_not_read_can_be_skipped_up_to_a_bound() throws IOException {
    ByteArrayInputStream body = new ByteArrayInputStream(new byte[1_000_000]);
    IncomingForm form = IncomingForm.of(TYPE, received(body));
    form.skipRest(100_000);
    assertThat(body.available()).isBetween(800_000, 900_000);
    form.skipRest(Long.MAX_VALUE);
    assertThat(body.available()).isZero();
  }
}
