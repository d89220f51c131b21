package tf.grid.hub.image.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.build.layer.LayerBuilder;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.build.layer.Layers;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.image.PullException.ImageNotFoundException;
import tf.grid.hub.image.PullException.MalformedImageException;
import tf.grid.hub.image.PullException.UnsupportedImageException;
import tf.grid.hub.image.reference.Digest;
import tf.grid.hub.image.reference.Platform;
import tf.grid.hub.progress.Progress;

/** Archives that writers of images have made in the field, and what engines make of them. */
class SavedImagesTest {
  private static final byte[] BELOW = new TarBytes().file("a", "1").tar();
  private static final byte[] ABOVE = new TarBytes().file("b", "2").tar();
  private static final String CONFIG = OciLayout.config(Platform.DEFAULT, BELOW, ABOVE);
  private static final String LOWER = "1".repeat(64);
  private static final String UPPER = "2".repeat(64);

  @RegisterExtension private final Layers layers = new Layers();

  @Test
  void archives_of_the_field_have_the_files_that_engines_find() throws Exception {
    assertThat(tree(field("layers-null"))).isEmpty();
    assertThat(tree(field("same-layer-twice"))).containsEntry("bin/sh", "#!sh");
    assertThat(tree(field("through-own-link")))
        .containsExactly(
            Map.entry("opt", "/"), Map.entry("opt/f", "x"), Map.entry("opt64", "-> opt"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Config':'c','RepoTags':null,'Layers':null}",
        "{'Config':'c','Layers':[]}",
        "{'Config':'c'}",
        "{'Config':'c','RepoTags':[],'Layers':null,'LayerSources':null}",
      })
  void null_lists_of_a_saved_image_are_empty(String image) throws Exception {
    for (String config :
        List.of(
            "{'rootfs':{'type':'layers','diff_ids':null},'history':null,'config':null}",
            "{'rootfs':null,'config':{'Cmd':null,'Env':null,'Labels':null,'Volumes':null}}",
            "{'config':{'Env':[null],'ExposedPorts':null,'Entrypoint':null,'User':null}}")) {
      byte[] tar =
          new TarBytes()
              .file("c", json(config))
              .file("manifest.json", json("[" + image + "]"))
              .tar();
      assertThat(tree(tar)).isEmpty();
    }
  }

  @Test
  void null_lists_of_a_layout_are_empty() throws Exception {
    OciLayout none = new OciLayout().image(Platform.DEFAULT);
    assertThat(tree(none.tar())).isEmpty();
    assertThatThrownBy(() -> read(new TarBytes().file("index.json", json("{'manifests':null}"))))
        .isInstanceOf(ImageNotFoundException.class)
        .hasMessage("the archive's index.json names no image that the archive has");
    for (String list : List.of("null", "[]")) {
      assertThatThrownBy(() -> read(new TarBytes().file("manifest.json", list)))
          .isInstanceOf(ImageNotFoundException.class)
          .hasMessage("the archive's manifest.json names no image that the archive has");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | is not a list of images but a JSON object",
        "[null] | has an image without 'Config'",
        "[{\"Config\":null}] | has an image without 'Config'",
        "[{\"Config\":\"c\",\"Layers\":7}] | 'Layers' has to be a list, but is number",
        "[{ | is not valid JSON: it begins with [{",
      })
  void a_list_of_images_that_is_none_is_refused_with_the_reason(String list, String why) {
    assertThatThrownBy(() -> read(new TarBytes().file("c", CONFIG).file("manifest.json", list)))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining(why);
  }

  @Test
  void of_a_layer_that_is_stored_twice_the_later_one_counts() throws Exception {
    TarBytes layers = new TarBytes().file("c", CONFIG).file("1/layer.tar", ABOVE);
    assertBoth(saved(layers.file("0/layer.tar", BELOW).file("0/layer.tar", BELOW)));
    assertBoth(saved(images().file("0/layer.tar", ABOVE).file("./0/layer.tar", BELOW)));
    assertBoth(
        saved(images().symbolicLink("0/layer.tar", "../1/layer.tar").file("0/layer.tar", BELOW)));
    assertBoth(
        saved(images().file("x", BELOW).file("0/layer.tar", "x").hardLink("0/layer.tar", "x")));
    assertBoth(saved(images().file("0/layer.tar", BELOW).hardLink("0/layer.tar", "0/layer.tar")));
    assertBoth(saved(images().file("0/layer.tar", BELOW).file("manifest.json", "[]")));
    assertThatThrownBy(
            () -> read(saved(images().file("0/layer.tar", BELOW).file("0/layer.tar", ABOVE))))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("unpacks to the digest");
  }

  @Test
  void one_image_under_two_names_is_one_image() throws Exception {
    String image = "{'Config':'c','RepoTags':['NAME'],'Layers':['0/layer.tar','1/layer.tar']}";
    String list = "[" + image.replace("NAME", "x:1") + "," + image.replace("NAME", "y:2") + "]";
    TarBytes tar = images().file("0/layer.tar", BELOW).file("manifest.json", json(list));
    assertThat(tree(tar.tar())).containsOnlyKeys("a", "b");
    assertThat(read(tar).reference()).contains("x:1");
    OciLayout twice = new OciLayout().image(Platform.DEFAULT, BELOW).image(Platform.DEFAULT, BELOW);
    assertThat(tree(twice.tar())).containsOnlyKeys("a");
    OciLayout packed = new OciLayout().image(Platform.DEFAULT, BELOW).packing(TarBytes::gzip);
    assertThat(tree(packed.image(Platform.DEFAULT, BELOW).tar())).containsOnlyKeys("a");
  }

  @Test
  void two_images_are_still_refused() {
    String list =
        "[{'Config':'c','Layers':['0/layer.tar','1/layer.tar']},{'Config':'d','Layers':['0/layer.tar']}]";
    TarBytes tar =
        images()
            .file("d", OciLayout.config(Platform.DEFAULT, BELOW))
            .file("0/layer.tar", BELOW)
            .file("manifest.json", json(list));
    assertThatThrownBy(() -> read(tar))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("2 images");
  }

  @Test
  void an_image_for_an_unknown_platform_counts_only_where_it_is_the_only_one() throws Exception {
    Platform unknown = Platform.of("unknown", "unknown", "");
    Platform arm = Platform.parse("linux/arm64");
    OciLayout first = new OciLayout().image(unknown, ABOVE).image(arm, BELOW);
    assertThat(tree(first.tar())).containsOnlyKeys("a");
    assertThat(tree(new OciLayout().image(unknown, ABOVE).tar())).containsOnlyKeys("b");
  }

  @Test
  void an_image_of_docker_before_1_10_is_read_by_its_parents() throws Exception {
    String names = json("{'example':{'1':'" + UPPER + "','2':'" + UPPER + "'}}");
    ArchivedImage image = read(former(LOWER).file("repositories", names));
    assertThat(image.config().command()).containsExactly("/upper");
    assertThat(image.reference()).contains("example:1");
    assertThat(image.id()).isEmpty();
    assertThat(tree(former(LOWER).file("repositories", names).tar()))
        .containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
    assertThat(tree(former(LOWER).tar())).containsOnlyKeys("a", "b");
    assertThat(tree(inDirectory(former(LOWER).file("repositories", names).tar())))
        .containsOnlyKeys("a", "b");
  }

  @Test
  void former_images_that_are_not_complete_are_refused() {
    String names = json("{'example':{'1':'" + UPPER + "'}}");
    refused(former(UPPER).file("repositories", names), "in a loop");
    refused(former("3".repeat(64)).file("repositories", names), "lacks the file 3333");
    refused(
        new TarBytes().file("x/json", "{}").file("repositories", json("{'e':{'1':'x'}}")),
        "lacks the image's layer x/layer.tar");
    refused(new TarBytes().file("repositories", json("{'e':{'1':'../../etc'}}")), "'..'");
    assertThatThrownBy(() -> read(new TarBytes().file("repositories", "[]")))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("not a JSON object");
    String two = json("{'example':{'1':'" + UPPER + "','2':'" + LOWER + "'}}");
    assertThatThrownBy(() -> read(former(LOWER).file("repositories", two)))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("2 images");
  }

  @Test
  void an_image_in_the_only_directory_of_an_archive_is_found() throws Exception {
    assertBoth(new TarBytes().raw(inDirectory(saved(images().file("0/layer.tar", BELOW)).tar())));
    byte[] layout = new OciLayout().image(Platform.DEFAULT, BELOW).tar();
    assertThat(tree(inDirectory(layout))).containsOnlyKeys("a");
    assertThat(tree(inDirectory(inDirectory(layout)))).containsOnlyKeys("a");
    byte[] ofMac = new TarBytes().file("._image", "x").raw(inDirectory(layout)).tar();
    assertThat(tree(ofMac)).containsOnlyKeys("a");
  }

  @Test
  void an_image_in_one_of_several_directories_is_named() {
    byte[] layout = inDirectory(new OciLayout().image(Platform.DEFAULT, BELOW).tar());
    assertThatThrownBy(() -> read(new TarBytes().file("README", "read me").raw(layout)))
        .isInstanceOf(ImageNotFoundException.class)
        .hasMessageContaining("no image at its root, but in /image: send");
  }

  @Test
  void a_damaged_blob_is_noticed_in_a_directory_too() {
    OciLayout image = new OciLayout().image(Platform.DEFAULT, BELOW);
    byte[] tar = inDirectory(image.tar());
    String text = new String(tar, java.nio.charset.StandardCharsets.ISO_8859_1);
    int layer = text.indexOf("blobs/sha256/" + Digest.of(BELOW).hex()) - 6 + 512 + 512;
    tar[layer]++; // the content of its file
    assertThatThrownBy(() -> read(new TarBytes().raw(tar)))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("damaged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "3", "6", "2"})
  void a_file_system_is_sent_to_the_right_address(String type) {
    TarBytes export = new TarBytes().directory("etc/").file("etc/passwd", "root:x:0:0::/:/bin/sh");
    export.entry(
        new TarBytes.Header("dev/console")
            .type(type.charAt(0))
            .target(type.equals("2") ? "/x" : ""));
    assertThatThrownBy(() -> read(export)).hasMessageContaining("POST /api/flist/me/upload");
    assertThatThrownBy(() -> read(new TarBytes().file("app/manifest.json", "{}").file("etc/x", "")))
        .isInstanceOf(ImageNotFoundException.class)
        .hasMessageContaining("'docker export'");
  }

  private void assertBoth(TarBytes tar) throws Exception {
    assertThat(tree(tar.tar())).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
  }

  private static TarBytes images() {
    return new TarBytes().file("c", CONFIG).file("1/layer.tar", ABOVE);
  }

  private static TarBytes saved(TarBytes tar) {
    String list = "[{'Config':'c','RepoTags':['x:1'],'Layers':['0/layer.tar','1/layer.tar']}]";
    return tar.file("manifest.json", json(list));
  }

  private static TarBytes former(String parent) {
    return new TarBytes()
        .directory(LOWER + "/")
        .file(LOWER + "/VERSION", "1.0")
        .file(LOWER + "/json", json("{'id':'" + LOWER + "','config':{'Cmd':['/lower']}}"))
        .file(LOWER + "/layer.tar", BELOW)
        .file(UPPER + "/VERSION", "1.0")
        .file(
            UPPER + "/json",
            json("{'id':'%s','parent':'%s','config':{'Cmd':['/upper']}}".formatted(UPPER, parent)))
        .file(UPPER + "/layer.tar", ABOVE);
  }

  /** The same archive with all its files in a directory. */
  private static byte[] inDirectory(byte[] tar) {
    byte[] moved = tar.clone();
    int header = 0;
    while (moved[header] != 0) {
      byte[] name = new byte[100];
      byte[] before = "image/".getBytes(UTF_8);
      System.arraycopy(before, 0, name, 0, before.length);
      System.arraycopy(moved, header, name, before.length, name.length - before.length);
      System.arraycopy(name, 0, moved, header, name.length);
      String size = new String(moved, header + 124, 11, UTF_8);
      sum(moved, header);
      header += 512 + (Integer.parseInt(size.trim(), 8) + 511) / 512 * 512;
    }
    return moved;
  }

  private static void sum(byte[] tar, int header) {
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += i >= 148 && i < 156 ? ' ' : tar[header + i] & 0xFF;
    }
    byte[] text = "%06o\0 ".formatted(sum).getBytes(UTF_8);
    System.arraycopy(text, 0, tar, header + 148, text.length);
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static byte[] field(String name) throws IOException {
    try (InputStream in =
        SavedImagesTest.class.getResourceAsStream("/field/" + name + ".image.tar")) {
      return in.readAllBytes();
    }
  }

  private void refused(TarBytes tar, String why) {
    assertThatThrownBy(() -> read(tar))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining(why);
  }

  private ArchivedImage read(TarBytes tar) throws IOException, ArchiveException {
    LayerBuilder builder = layers.builder(ArchiveLimits.DEFAULT);
    try (LayeredBuild build = builder.begin("alice", Progress.NONE)) {
      return image(build, builder, tar.tar());
    }
  }

  private Map<String, String> tree(byte[] tar) throws IOException, ArchiveException {
    LayerBuilder builder = layers.builder(ArchiveLimits.DEFAULT);
    try (LayeredBuild build = builder.begin("alice", Progress.NONE)) {
      return layers.shown(layers.result(build, image(build, builder, tar).layers()));
    }
  }

  private static ArchivedImage image(LayeredBuild build, LayerBuilder builder, byte[] tar)
      throws IOException, ArchiveException {
    return ImageArchive.read(build, builder, new ByteArrayInputStream(tar)).image(Optional.empty());
  }
}
