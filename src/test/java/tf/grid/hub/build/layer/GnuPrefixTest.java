package tf.grid.hub.build.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.build.tar.TarBytes.Header;

/** Layers that were written by Go before 1.8, and others that only look alike. */
class GnuPrefixTest {
  @RegisterExtension private final Layers layers = new Layers();

  @Test
  void a_file_with_a_large_owner_is_below_its_prefix() throws Exception {
    byte[] image = image();
    byte[] layer = Arrays.copyOfRange(image, 512, 512 + 2048);
    String path = "opt/" + "p".repeat(100) + "/usr/lib/x/y.so";
    Layers.Result result = layers.stack(layer);
    assertThat(layers.text(result.at(path))).isEqualTo("deep");
    assertThat(result.at(path).permissions().uid()).isEqualTo(3_000_000);
    assertThat(result.at("usr")).isNull();
  }

  private static byte[] image() throws IOException {
    try (InputStream in = GnuPrefixTest.class.getResourceAsStream("/field/go17-prefix.image.tar")) {
      return in.readAllBytes();
    }
  }

  private static Header gnu(char type) {
    return new Header("f").text(257, "ustar  \0").type(type);
  }

  @ParameterizedTest
  @CsvSource({"opt, opt/f", "opt/7, opt/7/f", "7/opt, 7/opt/f", "09, 09/f", "7 opt, 7 opt/f"})
  void a_prefix_that_cannot_be_times_counts(String prefix, String path) throws Exception {
    byte[] tar = new TarBytes().entry(gnu('0').text(345, prefix)).tar();
    assertThat(layers.stack(tar).nodes()).containsKey(path);
  }

  @Test
  void times_and_sparse_maps_are_no_prefix() throws Exception {
    byte[] times =
        new TarBytes().entry(gnu('0').octal(345, 11, 1_600_000_000).octal(357, 11, 5)).tar();
    assertThat(layers.stack(times).nodes()).containsOnlyKeys("f");
    byte[] digits = new TarBytes().entry(gnu('0').text(345, "755")).tar();
    assertThat(layers.stack(digits).nodes()).containsOnlyKeys("f");
    byte[] binary = new TarBytes().entry(gnu('0').binary(345, 12, -5)).tar();
    assertThat(layers.stack(binary).nodes()).containsOnlyKeys("f");
    byte[] latin = new TarBytes().entry(gnu('0').text(345, "caf\u00e9")).tar();
    assertThat(layers.stack(latin).nodes()).containsOnlyKeys("f");
    byte[] changed = new TarBytes().entry(gnu('0').text(357, "opt")).tar();
    assertThat(layers.stack(changed).nodes()).containsOnlyKeys("f");
  }
}
