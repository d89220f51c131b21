package tf.grid.hub.image.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.image.bench.OddImage;
import tf.grid.hub.image.bench.RegistryServer;
import tf.grid.hub.image.manifest.LayerDescriptor;
import tf.grid.hub.image.reference.Digest;

/** Images from a real registry, in all its moods. */
class RegistryIT {
  @TempDir static Path directory;
  private static String layout;
  private static RegistryServer plain;

  @BeforeAll
  static void start() throws IOException {
    layout = OddImage.in(directory.resolve("odd"));
    plain = RegistryServer.plain();
    plain.push(layout, "odd/image:1");
  }

  @AfterAll
  static void stop() throws IOException {
    plain.close();
  }

  @Test
  void an_image_comes_with_its_configuration_and_layers() throws IOException {
    try (Pulls pulls = Pulls.trusting(plain.name())) {
      RegistryImage image = pulls.open(plain.name() + "/odd/image:1");
      assertThat(new String(image.config(), UTF_8)).contains("\"architecture\":\"amd64\"");
      assertThat(image.layers()).isNotEmpty();
      for (LayerDescriptor layer : image.layers()) {
        try (InputStream in = image.layer(layer)) {
          byte[] all = in.readAllBytes();
          assertThat(all).hasSize((int) layer.size());
          assertThat(Digest.of(all)).isEqualTo(layer.digest());
        }
      }
    }
  }
}
