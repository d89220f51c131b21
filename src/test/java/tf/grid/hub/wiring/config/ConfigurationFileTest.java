package tf.grid.hub.wiring.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  @Test
  void the_sample_names_every_property_and_sets_none() throws IOException {
    Path sample = Path.of("config", "hub.properties");

    assertThat(new ConfigurationFile(sample, true).read()).isEmpty();
    String text = Files.readString(sample);
    assertThat(KnownProperties.working())
        .filteredOn(name -> !name.equals("hub.config-file") && !name.startsWith("hub.http."))
        .allSatisfy(name -> assertThat(text).contains("#" + name + "="));
  }

  @Test
  void the_documentation_names_every_property() throws IOException {
    String text = Files.readString(Path.of("docs", "configuration.md"));

    assertThat(KnownProperties.working())
        .allSatisfy(name -> assertThat(text).contains("`" + name + "`"));
  }

  @Test
  void properties_without_effect_are_told() {
    assertThat(
            KnownProperties.warnings(
                Set.of("hub.stor", "hub.gc.grace", "hub.store", "other.stor", "hub.whatever"),
                Set.of("HUB_DATADIR", "HUB_DATA_DIR", "HOME", "HUB_GC_GRACE")))
        .isEqualTo(
            List.of(
                "HUB_DATADIR is ignored: there is no such property, did you mean hub.data-dir?",
                "HUB_GC_GRACE is ignored: this version of the hub does not have that part yet",
                "hub.gc.grace is ignored: this version of the hub does not have that part yet",
                "hub.stor is ignored: there is no such property, did you mean hub.store?",
                "hub.whatever is ignored: there is no such property"));
  }
}
