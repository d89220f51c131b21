package tf.grid.hub.site.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class AssetsTest {
  private static final String SHEET = "body { margin: 0; } ".repeat(100);

  private static Assets assets(Map<String, String> files) {
    TreeMap<String, byte[]> content = new TreeMap<>();
    files.forEach((path, text) -> content.put(path, text.getBytes(StandardCharsets.UTF_8)));
    return new Assets(content);
  }

  @Test
  void addresses_change_with_any_file_and_only_then() {
    String first = assets(Map.of("hub/a.js", "1", "hub/b.js", "2")).address("hub/a.js");
    assertThat(assets(Map.of("hub/b.js", "2", "hub/a.js", "1")).address("hub/a.js"))
        .isEqualTo(first)
        .matches("/assets/[0-9a-f]{12}/hub/a\\.js");
    assertThat(assets(Map.of("hub/a.js", "1", "hub/b.js", "3")).address("hub/a.js"))
        .isNotEqualTo(first);
    assertThat(assets(Map.of("hub/a.js", "1", "hub/c.js", "2")).address("hub/a.js"))
        .isNotEqualTo(first);
  }

  @Test
  void a_file_is_sent_plain_or_packed() throws IOException {
    Asset sheet = assets(Map.of("hub/site.css", SHEET)).at("hub/site.css").orElseThrow();

    assertThat(sheet.type()).startsWith("text/css");
    assertThat(sheet.bytes(false)).asString(StandardCharsets.UTF_8).isEqualTo(SHEET);
    assertThat(sheet.bytes(true)).hasSizeLessThan(SHEET.length() / 10);
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(sheet.bytes(true)))) {
      assertThat(gzip.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo(SHEET);
    }
  }

  @Test
  void files_of_other_kinds_are_not_served() {
    assertThat(assets(Map.of("hub/notes.txt", "x")).at("hub/notes.txt")).isEmpty();
  }
}
