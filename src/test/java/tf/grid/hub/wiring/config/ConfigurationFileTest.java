package tf.grid.hub.wiring.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.wiring.property.ConfigurationFile;
import tf.grid.hub.wiring.property.FileConfigSource;
import tf.grid.hub.wiring.property.SettingException;

class ConfigurationFileTest {

  @TempDir private Path directory;

  @Test
  void the_usual_file_may_be_missing_a_named_one_may_not() {
    Path missing = directory.resolve("none.properties");

    assertThat(new ConfigurationFile(missing, false).read()).isEmpty();
    assertThatThrownBy(() -> new ConfigurationFile(missing, true).read())
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith("hub.config-file is '" + missing);
  }

  @Test
  void a_file_that_is_no_text_is_refused() throws IOException {
    Path file = Files.write(directory.resolve("a"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    assertThatThrownBy(() -> new ConfigurationFile(file, false).read())
        .hasMessageContaining("a readable file of properties");
  }

  @Test
  void the_file_is_a_source_below_the_environment() throws IOException {
    Path file = Files.writeString(directory.resolve("b"), "hub.store=zdb\n# hub.read-only=true\n");
    FileConfigSource source = new FileConfigSource(new ConfigurationFile(file, true).read());

    assertThat(source.getProperties()).isEqualTo(Map.of("hub.store", "zdb"));
    assertThat(source.getValue("hub.store")).isEqualTo("zdb");
    assertThat(source.getValue("hub.read-only")).isNull();
    assertThat(source.getOrdinal()).isLessThan(300).isGreaterThan(100);
  }
}
