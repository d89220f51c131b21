package tf.grid.hub.image.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of machines, and which images run on them. */
class PlatformTest {

  @ParameterizedTest
  @CsvSource({
    "linux/amd64, linux/amd64",
    "Linux/X86_64, linux/amd64",
    "linux/amd64/v1, linux/amd64",
    "linux/amd64/v3, linux/amd64/v3",
    "linux/arm64/v8, linux/arm64",
    "linux/aarch64, linux/arm64",
    "linux/arm, linux/arm/v7",
    "linux/arm/6, linux/arm/v6",
    "linux/armhf, linux/arm/v7",
    "linux/i386, linux/386",
    "linux/riscv64, linux/riscv64",
    "freebsd/amd64, freebsd/amd64",
  })
  void other_names_of_the_same_machine_are_translated(String text, String platform) {
    assertThat(Platform.parse(text)).hasToString(platform);
    assertThat(Platform.parse(platform)).isEqualTo(Platform.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "linux", "linux/", "/amd64", "linux/a/b/c", "linux/a b", "linux/é", "-/x"})
  void other_texts_are_refused(String text) {
    assertThatThrownBy(() -> Platform.parse(text)).isInstanceOf(InvalidReferenceException.class);
  }

  @Test
  void older_variants_run_on_newer_machines_only() {
    Platform older = Platform.parse("linux/arm/v6");
    Platform newer = Platform.parse("linux/arm/v7");
    assertThat(newer.accepted()).startsWith(newer).contains(older);
    assertThat(older.accepted()).doesNotContain(newer);
    assertThat(Platform.parse("linux/amd64/v3").accepted()).endsWith(Platform.DEFAULT);
    assertThat(Platform.DEFAULT.accepted()).containsExactly(Platform.DEFAULT);
  }
}
