package tf.grid.hub.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import tf.grid.hub.image.PullException;
import tf.grid.hub.image.config.ImageConfigReader;
import tf.grid.hub.image.config.StartupFile;
import tf.grid.hub.image.manifest.ImageIndex;
import tf.grid.hub.image.manifest.ManifestReader;
import tf.grid.hub.image.reference.Platform;

/** Manifests, indexes and configurations of images. */
final class ImageTarget implements FuzzTarget {
  private static final String PART =
      "{\"mediaType\":\"application/vnd.oci.image.%s\",\"size\":12,\"digest\":\"sha256:%s\"%s}";

  @Override
  public List<byte[]> seeds() {
    String digest = "ab".repeat(32);
    String config = PART.formatted("config.v1+json", digest, "");
    String layer = PART.formatted("layer.v1.tar+gzip", digest, ",\"annotations\":{\"a\":\"b\"}");
    String platform =
        ",\"platform\":{\"os\":\"linux\",\"architecture\":\"arm\",\"variant\":\"v7\"}";
    String entry = PART.formatted("manifest.v1+json", digest, platform);
    return List.of(
        json("{\"schemaVersion\":2,\"config\":" + config + ",\"layers\":[" + layer + "]}"),
        json("{\"schemaVersion\":2,\"manifests\":[" + entry + "," + entry + "]}"),
        json("{\"schemaVersion\":1,\"fsLayers\":[]}"),
        json("{\"errors\":[{\"code\":\"DENIED\",\"message\":\"no\"}]}"),
        json(
            "{\"os\":\"linux\",\"architecture\":\"amd64\",\"created\":\"2026-01-02T03:04:05Z\","
                + "\"config\":{\"Entrypoint\":[\"/bin/a\"],\"Cmd\":null,\"Env\":[\"PATH=/bin\",\"A\"],"
                + "\"WorkingDir\":\"/w\",\"User\":\"1:2\",\"Labels\":{\"a\":\"b\"},"
                + "\"ExposedPorts\":{\"80/tcp\":{}},\"Volumes\":{\"/v\":{}}},"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"sha256:"
                + digest
                + "\"]}}"));
  }

  private static byte[] json(String text) {
    return text.getBytes(UTF_8);
  }

  @Override
  public void read(byte[] json) {
    try {
      if (ManifestReader.read(json) instanceof ImageIndex index) {
        index.candidates(Platform.DEFAULT);
        index.platforms();
      }
    } catch (PullException refused) {
      Seeds.checkMessage(refused);
    }
    try {
      StartupFile.file(ImageConfigReader.read(json));
    } catch (PullException refused) {
      Seeds.checkMessage(refused);
    }
  }
}
