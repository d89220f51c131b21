package tf.grid.hub.image.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tf.grid.hub.build.chunking.ChunkPipeline;
import tf.grid.hub.build.chunking.PipelineSize;
import tf.grid.hub.build.layer.Layer;
import tf.grid.hub.build.layer.LayerBuilder;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.build.limit.EntryBudget;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.build.tar.TarReader;
import tf.grid.hub.image.PullException;
import tf.grid.hub.image.json.ImageJson;
import tf.grid.hub.image.reference.Digest;
import tf.grid.hub.image.reference.Platform;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.store.MemoryStore;

class ImageArchiveTest {
  private static final byte[] BELOW = new TarBytes().file("a", "1").tar();
  private static final byte[] ABOVE = new TarBytes().file("b", "2").file(".wh.a", "").tar();

  private final MemoryStore store = new MemoryStore();
  private final EntryBudget budget = new EntryBudget(64 << 20);
  private final ChunkPipeline pipeline =
      new ChunkPipeline(store, store, new PipelineSize(1, 2), ImageArchiveTest::thread);
  private ArchiveLimits limits = ArchiveLimits.DEFAULT;

  @AfterEach
  void everything_is_given_back() {
    assertThat(budget.free()).isEqualTo(64 << 20);
    pipeline.close();
  }

  @Test
  void a_layout_is_read_with_its_members_in_any_order() throws Exception {
    OciLayout image = new OciLayout().image(Platform.DEFAULT, BELOW, ABOVE);
    for (byte[] tar : List.of(image.tar(), image.reversed())) {
      ArchivedImage read = read(tar, Optional.empty());
      assertThat(read.layers()).hasSize(2);
      assertThat(paths(read.layers().get(0))).containsExactly("/a");
      assertThat(paths(read.layers().get(1))).containsExactly("/b", "/a");
      assertThat(read.manifest()).contains(image.manifest(Platform.DEFAULT));
    }
  }

  @Test
  void archives_and_layers_may_be_packed() throws Exception {
    OciLayout gzipped = new OciLayout().packing(TarBytes::gzip).image(Platform.DEFAULT, BELOW);
    OciLayout zstd = new OciLayout().packing(Zstd::compress).image(Platform.DEFAULT, BELOW);
    for (OciLayout image : List.of(gzipped, zstd)) {
      for (byte[] tar :
          List.of(image.tar(), TarBytes.gzip(image.tar()), Zstd.compress(image.tar()))) {
        assertThat(paths(read(tar, Optional.empty()).layers().get(0))).containsExactly("/a");
      }
    }
  }

  @Test
  void of_several_platforms_the_wanted_one_is_taken() throws Exception {
    Platform arm = Platform.parse("linux/arm64");
    OciLayout image = new OciLayout().image(Platform.DEFAULT, BELOW).image(arm, ABOVE);
    assertThat(read(image.tar(), Optional.empty()).config().platform()).isEqualTo(Platform.DEFAULT);
    assertThat(read(image.tar(), Optional.of(arm)).config().platform()).isEqualTo(arm);
    assertThatThrownBy(() -> read(image.tar(), Optional.of(Platform.parse("linux/s390x"))))
        .isInstanceOf(PullException.class)
        .hasMessageContaining("linux/amd64, linux/arm64");
  }

  @Test
  void the_only_image_is_taken_whatever_it_is_for() throws Exception {
    Platform arm = Platform.parse("linux/arm64");
    OciLayout image = new OciLayout().image(arm, BELOW);
    assertThat(read(image.tar(), Optional.empty()).config().platform()).isEqualTo(arm);
  }

  @Test
  void several_images_for_one_platform_are_refused() {
    OciLayout image = new OciLayout().image(Platform.DEFAULT, BELOW).image(Platform.DEFAULT, ABOVE);
    assertThatThrownBy(() -> read(image.tar(), Optional.empty()))
        .isInstanceOf(PullException.class)
        .hasMessageContaining("2 images");
  }

  @Test
  void what_older_engines_save_is_read_with_links_between_equal_layers() throws Exception {
    String config = OciLayout.config(Platform.DEFAULT, BELOW, ABOVE, BELOW);
    byte[] tar =
        new TarBytes()
            .directory("1/")
            .file("1/VERSION", "1.0")
            .file("1/json", "{}")
            .file("1/layer.tar", BELOW)
            .file("2/layer.tar", ABOVE)
            .symbolicLink("3/layer.tar", "../1/layer.tar")
            .file("config.json", config)
            .file(
                "manifest.json", saved("config.json", "1/layer.tar", "2/layer.tar", "3/layer.tar"))
            .file("repositories", "{}")
            .tar();
    ArchivedImage read = read(tar, Optional.empty());
    assertThat(read.layers()).hasSize(3);
    assertThat(read.reference()).contains("example:1");
    assertThat(read.id()).contains(Digest.of(config.getBytes(StandardCharsets.UTF_8)));
    assertThat(paths(read.layers().get(2))).containsExactly("/a");
  }

  @Test
  void wrong_digests_are_refused() {
    Digest wrong = Digest.of(new byte[] {1});
    rejected(new TarBytes().file("blobs/sha256/" + wrong.hex(), "{}"), "digest");
    String config = OciLayout.config(Platform.DEFAULT, ABOVE);
    rejected(
        new TarBytes()
            .file("layer.tar", BELOW)
            .file("config.json", config)
            .file("manifest.json", saved("config.json", "layer.tar")),
        "digest");
    rejected(
        new TarBytes()
            .file(wrong.hex() + ".json", config)
            .file("layer.tar", ABOVE)
            .file("manifest.json", saved(wrong.hex() + ".json", "layer.tar")),
        "digest");
  }

  @Test
  void missing_layers_and_wrong_counts_are_refused() {
    String one = OciLayout.config(Platform.DEFAULT, BELOW);
    rejected(new TarBytes().file("c", one).file("manifest.json", saved("c", "layer.tar")), "lacks");
    rejected(new TarBytes().file("manifest.json", saved("c", "layer.tar")), "lacks");
    rejected(
        new TarBytes()
            .file("c", one)
            .file("layer.tar", BELOW)
            .file("manifest.json", saved("c", "layer.tar", "layer.tar")),
        "2 layers");
  }

  @Test
  void hostile_members_are_refused() {
    rejected(new TarBytes().file("../x", "1"), "..");
    rejected(new TarBytes().symbolicLink("x", "/etc/passwd"), "leads out");
    rejected(new TarBytes().symbolicLink("d/x", "../../etc/passwd"), "leads out");
    rejected(new TarBytes().entry(new TarBytes.Header("x").type('3').device(1, 3)), "device");
    rejected(new TarBytes().entry(new TarBytes.Header("x").type('6')), "pipe");
    String config = OciLayout.config(Platform.DEFAULT, BELOW);
    rejected(
        new TarBytes()
            .symbolicLink("x", "y")
            .symbolicLink("y", "x")
            .file("c", config)
            .file("manifest.json", saved("c", "x")),
        "lacks");
  }

  @Test
  void a_layer_that_is_no_archive_is_refused_if_the_image_needs_it() throws Exception {
    String config = OciLayout.config(Platform.DEFAULT, BELOW);
    byte[] garbage = "no archive, but long enough to be something".getBytes(StandardCharsets.UTF_8);
    rejected(
        new TarBytes()
            .file("c", config)
            .file("layer.tar", garbage)
            .file("manifest.json", saved("c", "layer.tar")),
        "ends early");
    byte[] beside = new TarBytes().file("x", garbage).raw(OciLayout.members(BELOW)).tar();
    assertThat(read(beside, Optional.empty()).layers()).hasSize(1);
  }

  @Test
  void archives_without_an_image_are_refused() {
    assertThatThrownBy(() -> read(BELOW, Optional.empty()))
        .isInstanceOf(PullException.class)
        .hasMessageContaining("docker save");
    assertThatThrownBy(() -> read(new byte[0], Optional.empty())).isInstanceOf(Exception.class);
    assertThatThrownBy(
            () -> read(new TarBytes().file("manifest.json", "[{}]").tar(), Optional.empty()))
        .isInstanceOf(PullException.class);
  }

  @Test
  void bombs_within_and_around_are_stopped() {
    byte[] zeros = new byte[4 << 20];
    limits = ArchiveLimits.DEFAULT.withRatio(10, 1 << 20);
    byte[] bomb = TarBytes.gzip(new TarBytes().file("zeros", zeros).tar());
    rejected(
        new TarBytes().raw(OciLayout.members(new TarBytes().file("zeros", zeros).tar(), bomb)),
        "times its size");
    assertThatThrownBy(
            () -> read(TarBytes.gzip(new TarBytes().file("x", zeros).tar()), Optional.empty()))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("times its size");
  }

  @Test
  void a_configuration_is_parsed_once_even_if_several_images_use_it() throws Exception {
    byte[] tar =
        new TarBytes()
            .file("c", OciLayout.config(Platform.DEFAULT, BELOW))
            .symbolicLink("link", "c")
            .tar();
    LayerBuilder builder = new LayerBuilder(pipeline, store, budget, limits, Ticker.SYSTEM);
    try (LayeredBuild build = builder.begin("alice", Progress.NONE)) {
      ArchiveMembers members = new ArchiveMembers(build, limits);
      members.readAll(new TarReader(new ByteArrayInputStream(tar), limits.headerBytes()));
      ArchivedConfigs configurations = new ArchivedConfigs(members);
      assertThat(configurations.at("link").get()).isSameAs(configurations.at("c").get());
      assertThat(configurations.at("other")).isEmpty();
    }
  }

  @Test
  void documents_and_numbers_of_layers_are_bounded() {
    String config = OciLayout.config(Platform.DEFAULT, BELOW);
    rejected(
        new TarBytes()
            .file("layer.tar", BELOW)
            .file("c", config + " ".repeat(ImageJson.LARGEST))
            .file("manifest.json", saved("c", "layer.tar")),
        "more than 1048576 bytes");
    String[] layers = new String[10_001];
    Arrays.fill(layers, "layer.tar");
    byte[] many = new TarBytes().file("c", config).file("manifest.json", saved("c", layers)).tar();
    assertThatThrownBy(() -> read(many, Optional.empty()))
        .isInstanceOf(PullException.class)
        .hasMessageContaining("more than 10000 layers");
  }

  private void rejected(TarBytes archive, String why) {
    assertThatThrownBy(() -> read(archive.tar(), Optional.empty()))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining(why);
  }

  private ArchivedImage read(byte[] tar, Optional<Platform> platform)
      throws IOException, ArchiveException {
    LayerBuilder builder = new LayerBuilder(pipeline, store, budget, limits, Ticker.SYSTEM);
    try (LayeredBuild build = builder.begin("alice", Progress.NONE)) {
      return ImageArchive.read(build, builder, new ByteArrayInputStream(tar)).image(platform);
    }
  }

  private static List<String> paths(Layer layer) {
    return layer.changes().stream().map(change -> change.path().toString()).toList();
  }

  private static String saved(String config, String... layers) {
    return "[{\"Config\":\"%s\",\"RepoTags\":[\"example:1\"],\"Layers\":[\"%s\"]}]"
        .formatted(config, String.join("\",\"", layers));
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "chunk-worker");
    thread.setDaemon(true);
    return thread;
  }
}
