package tf.grid.hub.launch.log;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogLinesTest {

  @Test
  void a_line_of_text_ends_with_the_request() {
    String line = new LogLines(false, () -> Optional.of("r1")).format(message("it failed"));
    assertThat(line)
        .matches(
            "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARNING tf\\.grid\\.hub\\.X: it failed"
                + " \\[request r1]\\R");
  }

  @Test
  void a_line_without_request_does_not_mention_one() {
    assertThat(new LogLines(false, Optional::empty).format(message("started")))
        .endsWith("tf.grid.hub.X: started" + System.lineSeparator());
  }

  @Test
  void json_holds_any_message_in_one_line() {
    LogRecord message = message("a\n{\"level\":\"forged\"}\u2028\u001b[2K \"é\" \\");
    message.setThrown(new IllegalStateException("broken"));
    String line = new LogLines(true, () -> Optional.of("r1")).format(message);
    assertThat(line.strip()).doesNotContain("\n", "\u2028", "\u001b");
    try (JsonReader reader = Json.createReader(new StringReader(line))) {
      JsonObject read = reader.readObject();
      assertThat(read.getString("time")).isEqualTo("2026-03-01T12:00:00.123Z");
      assertThat(read.getString("level")).isEqualTo("WARNING");
      assertThat(read.getString("message")).isEqualTo(message.getMessage());
      assertThat(read.getString("request")).isEqualTo("r1");
      assertThat(read.getString("trace")).contains("IllegalStateException: broken", "\n");
    }
  }

  private static LogRecord message(String text) {
    LogRecord message = new LogRecord(Level.WARNING, text);
    message.setLoggerName("tf.grid.hub.X");
    message.setInstant(Instant.parse("2026-03-01T12:00:00.123Z"));
    return message;
  }
}
