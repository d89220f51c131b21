package tf.grid.hub.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierConfigurationTest {

  private static final String COMPLETE =
      """
      #
      # An earlier hub
      #
      config = {
          ## 0-db
          'backend-internal-host': "my-zdb-host", # inside
          'backend-internal-port': 9901,
          'backend-internal-pass': 'p#a:s=s\\\\',
          'backend-internal-name': 'default',
          'backend-public-host': "hub.tld",
          'public-website': "https://hub.tld",
          'listen-addr': '::', 'listen-port': 5555,
          'ignored-files': ['.', '..', '.keep'],
          'official-repositories': [
              'official-apps', # first
              "dockers",
          ],
          # 'userdata-root-path': '/opt/0-hub/public',
          'authentication': True,
          'iyo_clientid': '',
          'threebot-seed': b'\\x00\\xff0123456789abcdef0123456789abcd',
          'guest-token': None,
          'debug': True,
      }
      """;

  @Test
  void every_setting_of_a_file_is_translated_or_explained() {
    EarlierConfiguration earlier = EarlierConfiguration.of(COMPLETE);

    assertThat(earlier.properties())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("hub.store", "zdb"),
                Map.entry("hub.store.host", "my-zdb-host"),
                Map.entry("hub.store.port", "9901"),
                Map.entry("hub.store.password", "p#a:s=s\\"),
                Map.entry("hub.store.namespace", "default"),
                Map.entry("hub.backend.host", "hub.tld"),
                Map.entry("hub.public-url", "https://hub.tld"),
                Map.entry("hub.http.host", "::"),
                Map.entry("hub.http.port", "5555"),
                Map.entry("hub.official-repositories", "official-apps,dockers"),
                Map.entry("hub.auth.enabled", "true"),
                Map.entry(
                    "hub.auth.threebot.seed", "AP8wMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2Q=")));
    assertThat(earlier.report())
        .contains(
            "line 6: backend-internal-host is hub.store.host=my-zdb-host",
            "line 8: backend-internal-pass is hub.store.password=(secret)",
            "line 13: ignored-files is not needed: only flists are listed",
            "line 20: iyo_clientid is empty: the default applies",
            "line 21: threebot-seed is hub.auth.threebot.seed=(secret)",
            "line 22: guest-token is empty: the default applies",
            "hub.store=zdb, since a 0-db is configured")
        .hasSize(16);
  }

  @Test
  void the_lines_are_a_properties_file_with_the_same_values() throws IOException {
    EarlierConfiguration earlier = EarlierConfiguration.of(COMPLETE);
    Properties read = new Properties();
    read.load(new StringReader(String.join("\n", earlier.lines())));
    assertThat(read).containsExactlyInAnyOrderEntriesOf(earlier.properties());
  }

  @Test
  void what_would_have_to_be_executed_is_ignored_and_named() {
    EarlierConfiguration earlier =
        EarlierConfiguration.of(
            """
            import os
            config = {
                'public-website': os.environ['SITE'],
                'guest-token': 'a' + secret(), 'debug': False,
                'listen-port': 5000 + 555,
                'unknown': {
                    'authentication': False,
                },
                'readonly': True,
            }
            if os.path.exists('/.hub-container'):
                config['authentication'] = False
            config['listen-addr'] = '127.0.0.1'
            authentication = 0 if True else 1
            \"\"\"
            config = {'authentication': False}
            \"\"\"
            config['iyo-secret'] = __import__('os').system('id')
            """);

    assertThat(earlier.properties())
        .isEqualTo(Map.of("hub.read-only", "true", "hub.http.host", "127.0.0.1"));
    assertThat(earlier.report())
        .isEqualTo(
            List.of(
                "line 1: ignored, not the assignment of a literal: import os",
                "line 3: ignored, not the assignment of a literal: public-website",
                "line 4: ignored, not the assignment of a literal: guest-token",
                "line 4: debug is not needed: the hub has no debug mode",
                "line 5: ignored, not the assignment of a literal: listen-port",
                "line 6: ignored, not the assignment of a literal: unknown",
                "line 9: readonly is hub.read-only=true",
                "line 11: ignored, not the assignment of a literal: if"
                    + " os.path.exists('/.hub-container'):",
                "line 12: ignored, not the assignment of a literal: config['authentication'] ="
                    + " …",
                "line 13: listen-addr is hub.http.host=127.0.0.1",
                "line 14: ignored, not the assignment of a literal: authentication",
                "line 15: ignored, not the assignment of a literal: \"\"\"",
                "line 18: ignored, not the assignment of a literal: iyo-secret"));
  }

  @Test
  void settings_after_a_value_that_is_not_understood_are_read() {
    EarlierConfiguration earlier =
        EarlierConfiguration.of(
            """
            config = {
                'public-website': \"\"\"https://hub.example/
            'readonly': False, \"\"\".strip(),
                'userdata-root-path': u'/opt/hub',
                'guest-token': ['a', \"\"\"}
            \"\"\", 'b'], 'listen-port': 0x15b3,
                'listen-addr': 'half
                'readonly': True,
            }
            """);

    assertThat(earlier.properties())
        .isEqualTo(Map.of("hub.read-only", "true", "hub.public-dir", "/opt/hub"));
    assertThat(earlier.report())
        .isEqualTo(
            List.of(
                "line 2: ignored, not the assignment of a literal: public-website",
                "line 4: userdata-root-path is hub.public-dir=/opt/hub",
                "line 5: ignored, not the assignment of a literal: guest-token",
                "line 6: ignored, not the assignment of a literal: listen-port",
                "line 7: ignored, not the assignment of a literal: listen-addr",
                "line 8: readonly is hub.read-only=true"));
  }

  @Test
  void a_file_that_cannot_be_read_is_named(@TempDir Path home) throws IOException {
    Path file = home.resolve("config.py");
    assertThatThrownBy(() -> EarlierConfiguration.read(file))
        .hasMessage("cannot read " + file + ": java.nio.file.NoSuchFileException: " + file)
        .hasNoCause();
    Files.write(file, new byte[] {'#', (byte) 0xff});
    assertThatThrownBy(() -> EarlierConfiguration.read(file))
        .hasMessage(file + " is not text in UTF-8")
        .hasNoCause();
  }

  @Test
  void text_that_is_no_such_file_ends_without_settings() {
    for (String text :
        List.of(
            "",
            "config = {",
            "config = {'a'",
            "config = {'a': '",
            "config = {'a': [[",
            "'''",
            "\\",
            "config = {'a': b'\\x",
            "[".repeat(100_000),
            "config = {'a': " + "[".repeat(100_000))) {
      assertThat(EarlierConfiguration.of(text).properties()).isEmpty();
    }
  }
}
