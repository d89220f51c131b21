package tf.grid.hub.wiring.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.wiring.property.SettingException;

class DataDirectoryLockTest {

  @TempDir private Path data;

  @Test
  void a_directory_belongs_to_one_hub_until_it_ends() throws IOException {
    try (DataDirectoryLock first = DataDirectoryLock.take(data)) {
      assertThat(first).isNotNull();
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> DataDirectoryLock.take(data))
            .isInstanceOf(SettingException.class)
            .hasMessage(
                "hub.data-dir is '%s', but must be a directory that no other hub uses: stop the"
                    + " other one first",
                data);
      }
    }
    DataDirectoryLock.take(data).close();
  }

  @Test
  void a_file_that_cannot_be_locked_is_named() throws IOException {
    Files.createDirectory(data.resolve("hub.lock"));
    assertThatThrownBy(() -> DataDirectoryLock.take(data))
        .hasMessageContaining("hub.data-dir is")
        .hasMessageContaining("hub.lock");
  }
}
