package tf.grid.hub.image.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tf.grid.hub.build.layer.LayerBuilder;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.build.layer.Layers;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.image.reference.Digest;
import tf.grid.hub.image.reference.Platform;
import tf.grid.hub.progress.Progress;

/** Images that mean harm are refused, or do none: nothing outside of their tree is ever named. */
@Timeout(60)
class HostileImagesTest {
  private static final byte[] HARMLESS = new TarBytes().file("a", "1").tar();
  private static final Digest OTHER = Digest.of(new byte[] {1});

  @RegisterExtension private final Layers layers = new Layers();

  static Stream<Arguments> refusedLayers() {
    return Stream.of(
        refused("parent directory", new TarBytes().file("../x", "1"), "'..'"),
        refused("parent within a path", new TarBytes().file("a/../../x", "1"), "'..'"),
        refused(
            "parent behind a link",
            new TarBytes().symbolicLink("l", "/").file("l/../x", "1"),
            "'..'"),
        refused("loop of one link", new TarBytes().symbolicLink("l", "l").file("l/x", "1"), "loop"),
        refused(
            "loop of two links",
            new TarBytes().symbolicLink("a", "/b").symbolicLink("b", "../a").file("a/x", "1"),
            "loop"),
        refused("growing loop", new TarBytes().symbolicLink("l", "l/x").file("l/x", "1"), "loop"),
        refused(
            "directory behind a loop",
            new TarBytes().symbolicLink("l", "l").directory("l/d/"),
            "loop"),
        refused(
            "whiteout behind a loop",
            new TarBytes().symbolicLink("l", "l").file("l/.wh.x", ""),
            "loop"),
        refused(
            "opaque whiteout of a loop",
            new TarBytes().symbolicLink("l", "l").file("l/.wh..wh..opq", ""),
            "loop"),
        refused(
            "hard link to a loop",
            new TarBytes().symbolicLink("l", "l").hardLink("h", "l/x"),
            "loop"),
        refused(
            "entry below a file", new TarBytes().file("f", "1").file("f/x", "2"), "no directory"),
        refused(
            "entry below a device",
            new TarBytes().entry(new TarBytes.Header("f").type('3')).file("f/x", "2"),
            "no directory"),
        refused(
            "entry behind a link to a file",
            new TarBytes().file("f", "1").symbolicLink("l", "/f").file("l/x", "2"),
            "not a directory"),
        refused(
            "hard link out of the tree", new TarBytes().hardLink("h", "../../etc/passwd"), "'..'"),
        refused("hard link to the host", new TarBytes().hardLink("h", "/etc/passwd"), "hard link"),
        refused("hard link to itself", new TarBytes().hardLink("h", "h"), "hard link"),
        refused(
            "hard link to a directory",
            new TarBytes().directory("d/").hardLink("h", "d"),
            "hard link"),
        refused("hard link to the root", new TarBytes().hardLink("h", "/"), "hard link"),
        refused("whiteout of the parent", new TarBytes().file("d/.wh...", ""), "whiteout"),
        refused("whiteout of the directory", new TarBytes().file("d/.wh..", ""), "whiteout"),
        refused("whiteout of nothing", new TarBytes().file("d/.wh.", ""), "whiteout"),
        refused("entry below a whiteout", new TarBytes().file("d/.wh.x/y", ""), "below a whiteout"),
        refused("root as a file", new TarBytes().file("./", "1").file("/.", "1"), "root"),
        refused("root as a link", new TarBytes().symbolicLink(".", "/etc"), "root"),
        refused("target without end", new TarBytes().symbolicLink("l", ""), "target"),
        refused(
            "lying size",
            new TarBytes().entry(new TarBytes.Header("f").size(1 << 20)),
            "ends early"),
        refused(
            "negative size",
            new TarBytes().entry(new TarBytes.Header("f").binary(124, 12, -5)),
            "size"),
        refused(
            "too many directories",
            new TarBytes().longName("d/".repeat(1100)).file("", "1"),
            "deep"),
        refused("too many entries", many(1_001), "more entries"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusedLayers")
  void a_hostile_layer_is_refused(String name, TarBytes layer, String why) {
    assertThatThrownBy(() -> tree(new OciLayout().image(Platform.DEFAULT, layer.tar()).tar()))
        .hasMessageContaining(why);
  }

  static Stream<Arguments> harmlessLayers() {
    return Stream.of(
        harmless(
            "link that is swapped",
            new TarBytes()
                .symbolicLink("l", "/etc")
                .file("l/passwd", "x")
                .file("l", "no link")
                .symbolicLink("l", "../../../etc"),
            Map.of("l", "-> ../../../etc", "etc", "/", "etc/passwd", "x")),
        harmless(
            "directory that becomes a link",
            new TarBytes().directory("d/").symbolicLink("d", "/root/.ssh").file("d/keys", "x"),
            Map.of("d", "-> /root/.ssh", "root", "/", "root/.ssh", "/", "root/.ssh/keys", "x")),
        harmless(
            "link far above the root",
            new TarBytes().symbolicLink("l", "../".repeat(30) + "etc").file("l/passwd", "x"),
            Map.of("l", "-> " + "../".repeat(30) + "etc", "etc", "/", "etc/passwd", "x")),
        harmless(
            "links into the files of the process",
            new TarBytes().symbolicLink("l", "/proc/self/root").file("l/x", "1"),
            Map.of(
                "l", "-> /proc/self/root",
                "proc", "/",
                "proc/self", "/",
                "proc/self/root", "/",
                "proc/self/root/x", "1")),
        harmless(
            "start-up file as a link",
            new TarBytes().symbolicLink(".startup.toml", "/etc/passwd"),
            Map.of(".startup.toml", "-> /etc/passwd")),
        harmless(
            "whiteouts of what is not there",
            new TarBytes().symbolicLink("l", "/etc").file("l/.wh.passwd", "").file(".wh.x", ""),
            Map.of("l", "-> /etc")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("harmlessLayers")
  void a_layer_that_reaches_for_the_host_stays_in_its_tree(
      String name, TarBytes layer, Map<String, String> tree) throws Exception {
    assertThat(tree(new OciLayout().image(Platform.DEFAULT, layer.tar()).tar()))
        .containsExactlyInAnyOrderEntriesOf(tree);
  }

  static Stream<Arguments> refusedArchives() {
    String config = OciLayout.config(Platform.DEFAULT, HARMLESS);
    return Stream.of(
        refused(
            "lying name of a blob",
            new TarBytes().file("blobs/sha256/" + OTHER.hex(), "{}"),
            "digest"),
        refused(
            "lying name of a configuration",
            saved(OTHER.hex() + ".json", "l")
                .file(OTHER.hex() + ".json", config)
                .file("l", HARMLESS),
            "digest"),
        refused(
            "lying digest of a layer",
            saved("c", "l")
                .file("c", OciLayout.config(Platform.DEFAULT, new byte[0]))
                .file("l", HARMLESS),
            "digest"),
        refused(
            "layer that changes after its check",
            saved("c", "l")
                .file("c", config)
                .file("l", HARMLESS)
                .file("l", new TarBytes().file("b", "2").tar()),
            "digest"),
        refused("layer outside", saved("c", "../../etc/passwd").file("c", config), "'..'"),
        refused("configuration outside", saved("../../etc/passwd", "l"), "'..'"),
        refused(
            "configuration by a link outside",
            saved("c", "l").symbolicLink("c", "/etc/passwd"),
            "leads out"),
        refused(
            "layer by a loop of links",
            saved("c", "l").file("c", config).symbolicLink("l", "m").symbolicLink("m", "l"),
            "lacks"),
        refused("layer that is a document", saved("c", "c").file("c", config), "no archive"),
        refused(
            "device in place of a layer",
            new TarBytes().entry(new TarBytes.Header("l").type('4')),
            "device"),
        refused(
            "former image below itself",
            new TarBytes()
                .file("x/json", "{\"parent\":\"x\"}")
                .file("x/layer.tar", HARMLESS)
                .file("repositories", "{\"r\":{\"t\":\"x\"}}"),
            "in a loop"),
        refused(
            "list that names itself",
            new TarBytes().file("index.json", index(digest("index.json"))),
            "names no image"),
        refused(
            "list that is too long",
            new TarBytes().file("manifest.json", "[" + "{},".repeat(1_001) + "{}]"),
            "more than 1000 images"),
        refused(
            "list that is too deep",
            new TarBytes().file("manifest.json", "[".repeat(500_000)),
            "manifest.json"),
        refused(
            "document that is too large",
            saved("c", "l").file("c", config + " ".repeat(1 << 20)).file("l", HARMLESS),
            "more than 1048576 bytes"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusedArchives")
  void a_hostile_archive_is_refused(String name, TarBytes archive, String why) {
    assertThatThrownBy(() -> tree(archive.tar())).hasMessageContaining(why);
  }

  private static TarBytes many(int entries) {
    TarBytes tar = new TarBytes();
    for (int i = 0; i < entries; i++) {
      tar.file("f" + i, "");
    }
    return tar;
  }

  private static TarBytes saved(String config, String layer) {
    return new TarBytes()
        .file(
            "manifest.json", "[{\"Config\":\"%s\",\"Layers\":[\"%s\"]}]".formatted(config, layer));
  }

  private static String index(Digest digest) {
    return "{\"manifests\":[{\"mediaType\":\"x\",\"digest\":\"%s\",\"size\":1}]}".formatted(digest);
  }

  private static Digest digest(String text) {
    return Digest.of(text.getBytes(UTF_8));
  }

  private static Arguments refused(String name, TarBytes tar, String why) {
    return Arguments.of(name, tar, why);
  }

  private static Arguments harmless(String name, TarBytes tar, Map<String, String> tree) {
    return Arguments.of(name, tar, tree);
  }

  private Map<String, String> tree(byte[] tar) throws Exception {
    LayerBuilder builder = layers.builder(ArchiveLimits.DEFAULT.withEntries(1_000));
    try (LayeredBuild build = builder.begin("alice", Progress.NONE)) {
      ArchivedImage image =
          ImageArchive.read(build, builder, new ByteArrayInputStream(tar)).image(Optional.empty());
      return layers.shown(layers.result(build, image.layers()));
    }
  }
}
