package tf.grid.hub.http.form;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
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
