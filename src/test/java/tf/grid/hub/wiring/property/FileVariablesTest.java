package tf.grid.hub.wiring.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileVariablesTest {

  @TempDir private Path home;

  @Test
  void a_value_comes_from_the_file_that_its_variable_names() throws IOException {
    Path secret = Files.writeString(home.resolve("secret"), "s3cret word\n");
    FileVariables files =
        new FileVariables(
            Map.of("HUB_STORE_PASSWORD_FILE", secret.toString(), "HUB_STORE_HOST_FILE", " "));

    assertThat(files.value("hub.store.password")).contains("s3cret word");
    assertThat(files.value("hub.store.host")).isEmpty();
    assertThat(files.value("hub.store.port")).isEmpty();
  }

  @Test
  void a_file_that_cannot_be_read_stops_the_start() {
    FileVariables files = new FileVariables(Map.of("HUB_STORE_PASSWORD_FILE", home + "/missing"));
    assertThatThrownBy(() -> files.value("hub.store.password"))
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith(
            "HUB_STORE_PASSWORD_FILE is '" + home + "/missing', but must be a file");
  }

  @Test
  void a_value_that_is_given_twice_stops_the_start() {
    FileVariables files =
        new FileVariables(
            Map.of("HUB_STORE_PASSWORD_FILE", "/secret", "HUB_STORE_PASSWORD", "word"));
    assertThatThrownBy(() -> files.value("hub.store.password"))
        .hasMessage(
            "HUB_STORE_PASSWORD_FILE is '/secret', but must be absent, because HUB_STORE_PASSWORD is"
                + " set too");
  }
}
