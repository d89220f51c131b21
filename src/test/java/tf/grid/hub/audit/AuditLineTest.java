package tf.grid.hub.audit;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditLineTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static String line(String name) {
    return AuditLine.of(NOW, AuditEntry.of("link").by("alice", "team").named("name", name));
  }

  private static JsonObject parsed(String line) {
    return Json.createReader(new StringReader(line)).readObject();
  }

  @Test
  void a_line_says_who_did_what_from_where_and_how_it_went() {
    AuditEntry entry =
        AuditEntry.of("link")
            .by("alice", "team")
            .named("name", "a.flist")
            .named("link", "b.flist")
            .from("192.0.2.1")
            .failed(404, "source not found");

    assertThat(AuditLine.of(NOW, entry))
        .isEqualTo(
            "{\"time\":\"2026-03-01T12:00:00Z\",\"action\":\"link\",\"user\":\"alice\","
                + "\"account\":\"team\",\"names\":{\"name\":\"a.flist\",\"link\":\"b.flist\"},"
                + "\"from\":\"192.0.2.1\",\"status\":404,\"message\":\"source not found\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\n{\"action\":\"forged\"}",
        "a\r\nb",
        "a\u0000b",
        "a\u0085b",
        "a\u2028b\u2029c",
        "a\u001b[2Kb",
        "a\u009b2Kb",
        "a\u202etxt.exe",
        "a\ufeffb",
        "a\ud800b",
        "a\"b\\c",
        "a\u007fb"
      })
  void no_name_ends_a_line_or_hides_a_part_of_it(String name) {
    String line = line(name);

    assertThat(line.codePoints())
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)
        .doesNotContain(0x2028, 0x2029);
    assertThat(parsed(line).getJsonObject("names").getString("name")).isEqualTo(name);
  }

  @Test
  void names_of_people_stay_readable() {
    assertThat(line("équipe 日本 🚀")).contains("équipe 日本 🚀");
  }

  @Test
  void a_token_in_a_wrong_place_is_not_kept() {
    String token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl";

    assertThat(line("x " + token)).doesNotContain("eyJ", "c2ln").contains("x (redacted)");
  }

  @Test
  void a_line_has_an_end() {
    assertThat(line("x".repeat(100_000))).hasSizeLessThan(2 * AuditLine.MAX_TEXT);
  }
}
