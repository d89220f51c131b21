package tf.grid.hub.image.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.Await;
import tf.grid.hub.build.chunking.ChunkPipeline;
import tf.grid.hub.build.chunking.PipelineSize;
import tf.grid.hub.build.layer.LayerBuilder;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.build.limit.EntryBudget;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.directory.DirectoryCatalogue;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.image.PullException.MalformedImageException;
import tf.grid.hub.image.archive.OciLayout;
import tf.grid.hub.image.layer.KnownLayers;
import tf.grid.hub.image.net.AddressGuard;
import tf.grid.hub.image.net.AddressGuard.NameLookup;
import tf.grid.hub.image.net.GuardedHttp;
import tf.grid.hub.image.reference.ImageReference;
import tf.grid.hub.image.reference.Platform;
import tf.grid.hub.image.registry.RegistryClient;
import tf.grid.hub.image.registry.RetryPolicy;
import tf.grid.hub.image.source.ImageSource.WantedImage;
import tf.grid.hub.image.source.RegistrySource;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.TryAgainLaterException;
import tf.grid.hub.limit.queue.InFlight;
import tf.grid.hub.limit.queue.QueueLimits;
import tf.grid.hub.limit.queue.UploadLimit;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.publish.FlistPublisher;
import tf.grid.hub.publish.NewFlist;
import tf.grid.hub.publish.PublishSettings;
import tf.grid.hub.store.MemoryStore;

class ImageConversionTest {
  private static final byte[] BELOW = new TarBytes().file("a", "1").file("old", "x").tar();
  private static final byte[] ABOVE = new TarBytes().file("b", "2").file(".wh.old", "").tar();
  private static final QueueLimits RULES = QueueLimits.of(0);
  private static final RepositoryName ALICE = new RepositoryName("alice");
  private static final RepositoryName BOB = new RepositoryName("bob");

  @TempDir Path directory;

  private final MemoryStore store = new MemoryStore();
  private final EntryBudget budget = new EntryBudget(64 << 20);
  private final ChunkPipeline pipeline =
      new ChunkPipeline(store, store, new PipelineSize(1, 4), ImageConversionTest::thread);
  private final ExecutorService clients = Executors.newCachedThreadPool();
  private FakeRegistry registry;
  private GuardedHttp http;
  private Path users;
  private ImageConversion conversion;

  @BeforeEach
  void start() throws IOException {
    registry = new FakeRegistry();
    OciLayout image = new OciLayout().packing(TarBytes::gzip).image(Platform.DEFAULT, BELOW, ABOVE);
    serve(image);
    AddressGuard guard = new AddressGuard(Set.of(registry.name()), false, NameLookup.SYSTEM);
    http = GuardedHttp.open(guard, Optional.empty(), Duration.ofSeconds(1), Duration.ofMinutes(1));
    users = directory.resolve("users");
    Path work = Files.createDirectories(directory.resolve("work"));
    Catalogue catalogue =
        DirectoryCatalogue.open(
            users, Md5Cache.rememberedIn(directory.resolve("md5"), Clock.systemUTC()));
    PublishSettings settings = new PublishSettings(work, "{}", 1 << 30);
    Clock clock = Clock.systemUTC();
    RetryPolicy once = new RetryPolicy(1, Duration.ZERO, time -> {});
    conversion =
        new ImageConversion(
            new RegistrySource(
                new RegistryClient(http, once, 1 << 30),
                KnownLayers.open(directory.resolve("layers"), 1 << 20, clock)),
            new LayerBuilder(pipeline, store, budget, ArchiveLimits.DEFAULT, Ticker.SYSTEM),
            new FlistPublisher(catalogue, store, settings),
            new UploadLimit<>(4, 1, RULES, InFlight.UNTRACKED, Ticker.SYSTEM),
            Ticker.SYSTEM);
  }

  @AfterEach
  void nothing_is_left_behind() throws IOException {
    assertThat(budget.free()).isEqualTo(64 << 20);
    try (Stream<Path> files = Files.list(directory.resolve("work"))) {
      assertThat(files).isEmpty();
    }
    try (Stream<Path> files = Files.list(directory.resolve("layers"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .allMatch(n -> n.endsWith(".layer"));
    }
    clients.shutdownNow();
    registry.close();
    http.close();
    pipeline.close();
  }

  @Test
  void an_image_becomes_a_flist_with_its_start_up_file() throws Exception {
    NewFlist made = convert(ALICE, "app");
    assertThat(made.counts().regular()).isEqualTo(3);
    assertThat(nodes(ALICE, "app")).containsOnlyKeys("a", "b", ".startup.toml");
    assertThat(metadata(ALICE, "app"))
        .containsEntry("entrypoint", "[\"/bin/sh\"]")
        .containsEntry("backend", "{}")
        .containsKey("image");
  }

  @Test
  void the_same_image_makes_the_same_file() throws Exception {
    convert(ALICE, "one");
    convert(BOB, "two");
    assertThat(users.resolve("bob/two.flist"))
        .hasSameBinaryContentAs(users.resolve("alice/one.flist"));
  }

  @Test
  void layers_that_were_met_before_are_not_fetched_again() throws Exception {
    convert(ALICE, "app");
    assertThat(registry.blobs()).isEqualTo(3);
    registry.asked.clear();
    convert(ALICE, "app");
    assertThat(registry.blobs()).isEqualTo(1);
    assertThat(nodes(ALICE, "app")).containsOnlyKeys("a", "b", ".startup.toml");
  }

  @Test
  void layers_whose_content_the_store_has_lost_are_fetched_again() throws Exception {
    convert(ALICE, "app");
    store.chunks.clear();
    registry.asked.clear();
    convert(ALICE, "app");
    assertThat(registry.blobs()).isEqualTo(3);
  }

  @Test
  void an_image_that_two_want_at_once_is_fetched_once() throws Exception {
    CountDownLatch gate = registry.closeGate();
    List<Future<NewFlist>> made = new ArrayList<>();
    made.add(clients.submit(() -> convert(ALICE, "app")));
    awaitLayers();
    FutureTask<NewFlist> other = new FutureTask<>(() -> convert(BOB, "other"));
    made.add(other);
    awaitSharing(other);
    gate.countDown();
    for (Future<NewFlist> one : made) {
      one.get();
    }
    assertThat(registry.manifests()).isEqualTo(1);
    assertThat(registry.blobs()).isEqualTo(3);
    assertThat(nodes(BOB, "other")).isEqualTo(nodes(ALICE, "app"));
  }

  @Test
  void an_account_that_has_its_share_is_refused_and_nobody_else() throws Exception {
    CountDownLatch gate = registry.closeGate();
    Future<NewFlist> first = clients.submit(() -> convert(ALICE, "app"));
    awaitLayers();
    Future<NewFlist> other = clients.submit(() -> convert(BOB, "app"));
    assertThatThrownBy(() -> convert(ALICE, "again"))
        .isInstanceOf(TryAgainLaterException.class)
        .hasMessageContaining("of this account");
    gate.countDown();
    first.get();
    other.get();
    assertThat(convert(ALICE, "again").counts().regular()).isEqualTo(3);
  }

  @Test
  void an_image_may_have_hundreds_of_layers() throws Exception {
    byte[][] layers = new byte[200][];
    for (int i = 0; i < layers.length; i++) {
      layers[i] = new TarBytes().file("same", "n" + i).file("own-" + i, "x" + i).tar();
    }
    serve(new OciLayout().packing(TarBytes::gzip).image(Platform.DEFAULT, layers));
    assertThat(convert(ALICE, "app").counts().regular()).isEqualTo(202);
    registry.asked.clear();
    convert(BOB, "app");
    assertThat(registry.blobs()).isEqualTo(1);
  }

  @Test
  void who_is_cancelled_leaves_nothing_and_takes_nobody_along() throws Exception {
    CountDownLatch gate = registry.closeGate();
    CountDownLatch ended = new CountDownLatch(1);
    List<Throwable> thrown = new ArrayList<>();
    Thread first =
        new Thread(
            () -> {
              try {
                convert(ALICE, "app");
              } catch (IOException | ArchiveException e) {
                thrown.add(e);
              } finally {
                ended.countDown();
              }
            });
    first.start();
    awaitLayers();
    FutureTask<NewFlist> second = new FutureTask<>(() -> convert(BOB, "app"));
    awaitSharing(second);
    first.interrupt();
    ended.await();
    gate.countDown();
    second.get();
    assertThat(thrown).hasSize(1).first().isInstanceOf(InterruptedIOException.class);
    assertThat(users.resolve("alice")).doesNotExist();
    assertThat(nodes(BOB, "app")).containsOnlyKeys("a", "b", ".startup.toml");
  }

  @Test
  void a_layer_that_is_not_what_the_configuration_names_publishes_nothing() throws Exception {
    OciLayout lying =
        new OciLayout().namingLayers(ABOVE, ABOVE).image(Platform.DEFAULT, BELOW, ABOVE);
    serve(lying);
    assertThatThrownBy(() -> convert(ALICE, "app"))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("digest");
    assertThat(users.resolve("alice")).doesNotExist();
  }

  @Test
  void a_missing_image_publishes_nothing() {
    registry.serve(Map.of(), new byte[0]);
    assertThatThrownBy(
            () ->
                conversion.convert(
                    ALICE, FlistName.parse("app"), wanted("127.0.0.1:1/x"), Progress.NONE))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> convert(ALICE, "app")).isInstanceOf(IOException.class);
    assertThat(users.resolve("alice")).doesNotExist();
  }

  private void serve(OciLayout image) {
    registry.serve(image.blobs(), image.blobs().get(image.manifest(Platform.DEFAULT)));
  }

  private NewFlist convert(RepositoryName owner, String name) throws IOException, ArchiveException {
    WantedImage image = wanted(registry.name() + "/org/app");
    return conversion.convert(owner, FlistName.parse(name), image, Progress.NONE);
  }

  private static WantedImage wanted(String reference) {
    return new WantedImage(ImageReference.parse(reference), Platform.DEFAULT, Optional.empty());
  }

  private Map<String, Node> nodes(RepositoryName owner, String name) throws IOException {
    Map<String, Node> nodes = new TreeMap<>();
    try (FlistReader flist = open(owner, name)) {
      flist.walk((path, node) -> nodes.put(path.toString(), node));
    }
    return nodes;
  }

  private Map<String, String> metadata(RepositoryName owner, String name) throws IOException {
    try (FlistReader flist = open(owner, name)) {
      return flist.metadata();
    }
  }

  private FlistReader open(RepositoryName owner, String name) throws IOException {
    Path file = users.resolve(owner.toString()).resolve(name + ".flist");
    return FlistReader.open(file, directory, FlistLimits.DEFAULT);
  }

  private void awaitLayers() {
    Await.until("the configuration and a layer are asked for", () -> registry.blobs() >= 2);
  }

  /** Starts a conversion of an image that is being converted, which waits for that one's result. */
  private static void awaitSharing(FutureTask<NewFlist> conversion) {
    Thread thread = thread(conversion);
    thread.start();
    Await.waiting("the second conversion waits for the first", thread);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "chunk-worker");
    thread.setDaemon(true);
    return thread;
  }
}
