package tf.grid.hub.image.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.image.PullException;
import tf.grid.hub.image.PullException.MalformedImageException;
import tf.grid.hub.image.PullException.UnsupportedImageException;
import tf.grid.hub.image.reference.Digest;
import tf.grid.hub.image.reference.Platform;

/** What manifests and indexes say, and what is refused in them. */
class ManifestReaderTest {
  private static final String DOCKER = "application/vnd.docker.image.rootfs.";
  private static final String OCI = "application/vnd.oci.image.";
  private static final String CONFIG = part(OCI + "config.v1+json", 'c', "100");

  @ParameterizedTest
  @CsvSource({
    DOCKER + "diff.tar, NONE, false",
    DOCKER + "diff.tar.gzip, GZIP, false",
    DOCKER + "foreign.diff.tar.gzip, GZIP, true",
    OCI + "layer.v1.tar, NONE, false",
    OCI + "layer.v1.tar+gzip, GZIP, false",
    OCI + "layer.v1.tar+zstd, ZSTD, false",
    OCI + "layer.nondistributable.v1.tar+gzip, GZIP, true",
  })
  void a_layer_says_how_it_is_packed(String type, LayerCompression compression, boolean foreign)
      throws PullException {
    LayerDescriptor layer = image(CONFIG, part(type, 'a', "7")).layers().get(0);
    assertThat(layer).isEqualTo(new LayerDescriptor(type, compression, digest('a'), 7, foreign));
  }

  @Test
  void the_layers_keep_their_order() throws PullException {
    String type = OCI + "layer.v1.tar";
    ImageManifest image = image(CONFIG, part(type, 'b', "0"), part(type, 'a', "9e3"));
    assertThat(image.config()).isEqualTo(new Descriptor(OCI + "config.v1+json", digest('c'), 100));
    assertThat(image.layers().stream().map(LayerDescriptor::digest))
        .containsExactly(digest('b'), digest('a'));
    assertThat(image.layers().get(1).size()).isEqualTo(9000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OCI + "layer.v1.tar+encrypted",
        OCI + "layer.v1.tar+gzip+encrypted",
        "application/vnd.cncf.helm.chart.content.v1.tar+gzip",
        "text/html",
        "",
      })
  void a_layer_of_another_type_is_refused(String type) {
    assertThatThrownBy(() -> image(CONFIG, part(type, 'a', "7")))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("unknown type");
  }

  @Test
  void what_is_no_image_is_refused_by_its_type() {
    String config = part("application/vnd.cncf.helm.config.v1+json", 'c', "1");
    assertThatThrownBy(() -> image(config))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("application/vnd.cncf.helm.config.v1+json");
  }

  @Test
  void schema_1_is_refused_with_what_to_do() {
    for (String document :
        List.of("{'schemaVersion': 1, 'fsLayers': []}", "{'schemaVersion': 1, 'layers': []}")) {
      assertThatThrownBy(() -> read(document))
          .isInstanceOf(UnsupportedImageException.class)
          .hasMessageContaining("push it again");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}",
        "null",
        "{'layers': [], 'config': {}, 'manifests': []}",
        "{'layers': []}",
        "{'config': {}}",
        "{'layers': 1, 'config': 2}",
        "{'manifests': {}}",
        "{'manifests': [1]}",
        "{'manifests': [{}]}",
        "{'manifests': [{'digest': 'sha256:00', 'size': 1}]}",
        "{'manifests': [{'digest': 'sha256:00', 'size': -1}]}",
      })
  void what_is_no_manifest_is_refused(String document) {
    assertThatThrownBy(() -> read(document))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("manifest");
  }

  @Test
  void null_and_missing_lists_are_empty() throws PullException {
    String config = "'config': " + CONFIG;
    for (String layers : List.of("", ", 'layers': null", ", 'layers': [], 'manifests': null")) {
      assertThat(((ImageManifest) read("{" + config + layers + "}")).layers()).isEmpty();
    }
    assertThat(((ImageIndex) read("{'manifests': null}")).entries()).isEmpty();
    assertThat(((ImageIndex) read("{'manifests': [], 'layers': null}")).entries()).isEmpty();
    String entry = entry('1', "null").replace("}", ", 'annotations': null, 'urls': null}");
    assertThat(((ImageIndex) read("{'manifests': [" + entry + "]}")).entries())
        .extracting(ImageIndex.Entry::platform)
        .containsExactly(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "<!DOCTYPE html><title>Sign in</title> | not valid JSON, but HTML or XML: it begins with"
            + " <!D",
        "PK\\3\\4x | not valid JSON: it begins with PK??x",
        "## | not valid JSON: it is empty",
        "[] | not a JSON object but a JSON array",
        "{} | neither an image, with a 'config', nor a list of images, with 'manifests'",
        "{\"config\": {}, \"manifests\": []} | an image and a list of images at once",
        "{\"layers\": [1]} | 'config' has to be an object, but is null",
        "{\"config\": {}, \"layers\": []} | a part without 'digest' or without 'size'",
        "{\"manifests\": {}} | 'manifests' has to be a list, but is object",
        "{\"manifests\": [null]} | an entry of 'manifests' has to be an object, but is null",
        "{\"errors\": [{\"code\": \"DENIED\"}]} | a registry's error in place of the image's"
            + " manifest",
      })
  void a_refusal_says_what_is_there_instead(String document, String message) {
    assertThatThrownBy(() -> ManifestReader.read(document.translateEscapes().getBytes(UTF_8)))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "1e30", "1e999999999", "9223372036854775808", "'7'", "null"})
  void absurd_sizes_are_refused(String size) {
    assertThatThrownBy(() -> image(CONFIG, part(OCI + "layer.v1.tar", 'a', size)))
        .isInstanceOf(MalformedImageException.class);
  }

  @Test
  void too_many_layers_and_too_deep_documents_are_refused() {
    String layer = part(OCI + "layer.v1.tar", 'a', "1");
    String[] layers = Stream.generate(() -> layer).limit(1001).toArray(String[]::new);
    assertThatThrownBy(() -> image(CONFIG, layers)).isInstanceOf(MalformedImageException.class);
    String deep = "{'manifests': " + "[".repeat(1_000_000);
    assertThatThrownBy(() -> read(deep)).isInstanceOf(MalformedImageException.class);
  }

  @Test
  void an_index_gives_the_image_of_a_platform() throws PullException {
    ImageIndex index =
        (ImageIndex)
            read(
                "{'manifests': ["
                    + entry('1', "{'os': 'linux', 'architecture': 'arm', 'variant': 'v6'}")
                    + ","
                    + entry('2', "{'os': 'linux', 'architecture': 'amd64'}")
                    + ","
                    + entry('3', "{'os': 'linux', 'architecture': 'arm', 'variant': 'v7'}")
                    + ","
                    + entry('4', "{'os': 'linux', 'architecture': 'arm64', 'variant': 'v8'}")
                    + ","
                    + entry('5', "{'os': 'unknown', 'architecture': 'unknown'}")
                    + "]}");
    assertThat(chosen(index, "linux/amd64")).containsExactly(digest('2'));
    assertThat(chosen(index, "linux/arm")).containsExactly(digest('3'), digest('1'));
    assertThat(chosen(index, "linux/arm/v6")).containsExactly(digest('1'));
    assertThat(chosen(index, "linux/arm64")).containsExactly(digest('4'));
    assertThat(chosen(index, "linux/s390x")).isEmpty();
    assertThat(index.platforms())
        .containsExactly("linux/arm/v6", "linux/amd64", "linux/arm/v7", "linux/arm64");
  }

  @Test
  void an_entry_without_platform_may_be_for_any() throws PullException {
    String plain = entry('1', "null");
    String attestation =
        plain.replace("'size'", "'annotations': {'vnd.docker.reference.type': 'x'}, 'size'");
    ImageIndex index = (ImageIndex) read("{'manifests': [" + attestation + "," + plain + "]}");
    assertThat(index.entries())
        .containsExactly(
            new ImageIndex.Entry(new Descriptor("t", digest('1'), 3), Optional.empty()));
    assertThat(chosen(index, "linux/s390x")).containsExactly(digest('1'));
  }

  private static List<Digest> chosen(ImageIndex index, String platform) {
    return index.candidates(Platform.parse(platform)).stream().map(Descriptor::digest).toList();
  }

  private static ImageManifest image(String config, String... layers) throws PullException {
    String document = "{'config': " + config + ", 'layers': [" + String.join(",", layers) + "]}";
    return (ImageManifest) read(document);
  }

  private static ManifestDocument read(String document) throws PullException {
    return ManifestReader.read(document.replace('\'', '"').getBytes(UTF_8));
  }

  private static String part(String type, char digit, String size) {
    return "{'mediaType': '" + type + "', 'digest': '" + digest(digit) + "', 'size': " + size + "}";
  }

  private static String entry(char digit, String platform) {
    return "{'mediaType': 't', 'digest': '"
        + digest(digit)
        + "', 'size': 3, 'platform': "
        + platform
        + "}";
  }

  private static Digest digest(char digit) {
    return Digest.parse("sha256:" + String.valueOf(digit).repeat(64));
  }
}
