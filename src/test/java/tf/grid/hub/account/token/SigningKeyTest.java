package tf.grid.hub.account.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.account.token.SigningKey.SigningKeyException;

class SigningKeyTest {

  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("deep").resolve("key.pem");
  }

  @Test
  void the_first_start_makes_a_key_for_its_owner_only() throws Exception {
    SigningKey.of(file());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(file().getParent())) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void the_next_start_finds_the_same_key() throws Exception {
    assertThat(SigningKey.of(file()).open()).isEqualTo(SigningKey.of(file()).open());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw-rw-rw-", "rwx------"})
  void a_key_that_others_may_use_is_refused(String mode) throws Exception {
    SigningKey.of(file());
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(mode));

    assertThatThrownBy(() -> SigningKey.of(file()))
        .isInstanceOf(SigningKeyException.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining(mode)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void a_read_only_key_is_good() throws Exception {
    SigningKey.of(file());
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("r--------"));

    assertThat(SigningKey.of(file()).open()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no key",
        "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY----------END PRIVATE"
      })
  void a_file_that_is_no_key_is_refused_and_kept(String content) throws Exception {
    SigningKey.of(file());
    Files.writeString(file(), content);

    assertThatThrownBy(() -> SigningKey.of(file()))
        .isInstanceOf(SigningKeyException.class)
        .hasMessageContaining("is not an RSA private key");
    assertThat(file()).hasContent(content);
  }
}
