package tf.grid.hub.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.Await;
import tf.grid.hub.HandClock;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.build.BuiltTree;
import tf.grid.hub.build.FlistBuilder;
import tf.grid.hub.build.chunking.ChunkPipeline;
import tf.grid.hub.build.chunking.PipelineSize;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.build.limit.EntryBudget;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.directory.DirectoryCatalogue;
import tf.grid.hub.catalogue.listing.ListingEntry;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.codec.Codecs;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.gateway.Gateway;
import tf.grid.hub.gateway.GatewayOptions;
import tf.grid.hub.image.net.AddressGuard;
import tf.grid.hub.image.net.AddressGuard.NameLookup;
import tf.grid.hub.image.net.GuardedHttp;
import tf.grid.hub.job.Job;
import tf.grid.hub.job.JobLimits;
import tf.grid.hub.job.Jobs;
import tf.grid.hub.job.MemoryJobs;
import tf.grid.hub.limit.FairMemory;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.queue.InFlight;
import tf.grid.hub.limit.queue.QueueLimits;
import tf.grid.hub.limit.queue.UploadLimit;
import tf.grid.hub.mirror.copy.ChunkFetch;
import tf.grid.hub.mirror.copy.CopyCounters;
import tf.grid.hub.mirror.copy.CopySource;
import tf.grid.hub.mirror.copy.FlistCopy;
import tf.grid.hub.mirror.copy.RepositoryCopy;
import tf.grid.hub.mirror.source.HubSource;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.publish.FlistPublisher;
import tf.grid.hub.publish.PublishSettings;
import tf.grid.hub.store.MemoryStore;
import tf.grid.hub.upload.flist.ChunkInspector;
import tf.grid.hub.upload.flist.ChunkOpener;
import tf.grid.hub.upload.flist.ChunkSample.SamplePolicy;

/** A mirror of a hub that changes, breaks, and lies. */
class MirrorTest {
  private static final RepositoryName ALICE = new RepositoryName("alice");
  private static final RepositoryName BOB = new RepositoryName("bob");
  private static final String BACKEND = "{\"host\":\"mirror\",\"port\":1,\"namespace\":\"m\"}";

  @TempDir Path work;
  private final MemoryStore there = new MemoryStore();
  private final MemoryStore here = new MemoryStore();
  private final HandClock clock = new HandClock(Instant.parse("2026-11-30T12:00:00Z"));
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final CopyCounters counters = new CopyCounters();
  private SourceServer server;
  private Md5Cache md5s;
  private Catalogue catalogue;
  private GuardedHttp http;
  private MirrorStatus status;
  private Listings listings;
  private RepositoryCopy copies;
  private CopySource source;
  private Mirror mirror;

  @BeforeEach
  void start() throws IOException {
    server = new SourceServer(there);
    md5s = Md5Cache.rememberedIn(work.resolve("md5s"), Clock.systemUTC());
    catalogue = DirectoryCatalogue.open(work.resolve("users"), md5s);
    String name = "127.0.0.1:" + server.address().getPort();
    Duration patience = Duration.ofMinutes(1);
    http =
        GuardedHttp.open(
            new AddressGuard(Set.of(name), true, NameLookup.SYSTEM),
            Optional.empty(),
            patience,
            patience);
    open(Set.of());
  }

  /** As after a restart of the hub. */
  private void open(Set<RepositoryName> wanted) throws IOException {
    ChunkOpener opener =
        new ChunkOpener(
            here, new Codecs(), new FairMemory(16 << 20), Executors.newSingleThreadExecutor());
    FlistCopy flists =
        new FlistCopy(
            new ChunkFetch(here, threads, counters),
            new ChunkInspector(here, opener, new SamplePolicy(0, 100), new byte[16]),
            new FlistPublisher(catalogue, here, new PublishSettings(work, BACKEND, 1 << 20)),
            new PublishSettings(work, BACKEND, 1 << 20),
            new UploadLimit<>(4, 4, QueueLimits.of(4), InFlight.UNTRACKED, Ticker.SYSTEM),
            counters,
            Ticker.SYSTEM);
    copies = new RepositoryCopy(catalogue, flists, Executors.newFixedThreadPool(2), clock);
    AddressGuard backends = new AddressGuard(Set.of(), false, NameLookup.SYSTEM);
    source =
        new CopySource(new HubSource(http, server.address(), clock, Ticker.SYSTEM), backends, true);
    status = new MirrorStatus(Optional.of(server.address()), Duration.ofMinutes(3), clock);
    listings = new Listings(catalogue, status::official, Clock.systemUTC());
    mirror =
        new Mirror(
            new MirrorSettings(work.resolve("mirror"), wanted, Duration.ofMinutes(1)),
            source,
            copies,
            status,
            clock,
            Ticker.SYSTEM);
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
    server.close();
    md5s.close();
    threads.shutdownNow();
  }

  @Test
  void everything_is_the_same_afterwards_and_flists_name_this_backend() throws Exception {
    server.official("alice");
    server.flist("alice", "app.flist", flist(1));
    server.link("alice", "latest.flist", "symlink", "app.flist");
    server.link("alice", "broken.flist", "symlink", "bob/none.flist");
    server.link("alice", "self.flist", "symlink", "alice/app.flist");
    server.tag("alice", "v1", Map.of("a.flist", "alice/app.flist", "b.flist", "bob/none.flist"));
    server.link("bob", "stable", "taglink", "alice/tags/v1");
    server.link("bob", "lost", "taglink", "carol/tags/v9");
    mirror.compare();
    assertThat(status.failure()).isEmpty();
    assertThat(status.json().getBoolean("lagging")).isFalse();
    assertThat(listings.current().isOfficial(ALICE)).isTrue();
    assertThat(listings.current().isOfficial(BOB)).isFalse();
    assertThat(links("alice"))
        .containsExactly(
            "v1/",
            "app.flist",
            "broken.flist -> bob/none.flist",
            "latest.flist -> app.flist",
            "self.flist -> alice/app.flist");
    assertThat(links("bob")).containsExactly("lost -> carol/tags/v9", "stable -> alice/tags/v1");
    assertThat(listings.current().snapshot().entries(ALICE, new TagName("v1")).orElseThrow())
        .extracting(entry -> ((ListingEntry.SymbolicLink) entry).target())
        .containsExactly("alice/app.flist", "bob/none.flist");
    assertThat(Files.readSymbolicLink(work.resolve("users/alice/self.flist")))
        .hasToString("../alice/app.flist");
    try (FlistReader flist = published("alice/app.flist")) {
      assertThat(flist.metadata()).containsEntry("backend", BACKEND).containsEntry("author", "me");
    }
    assertThat(here.chunks.keySet()).isEqualTo(there.chunks.keySet());
  }

  @Test
  void a_comparison_without_changes_is_one_request() throws Exception {
    server.flist("alice", "app.flist", flist(1));
    server.tag("alice", "v1", Map.of("a.flist", "alice/app.flist"));
    mirror.compare();
    server.requests.clear();
    mirror.compare();
    open(Set.of());
    mirror.compare();
    assertThat(server.requests).containsExactly("/api/repositories", "/api/repositories");
    assertThat(status.complaint()).isEmpty();
  }

  @Test
  void only_what_has_changed_is_asked_for() throws Exception {
    server.flist("alice", "app.flist", flist(1));
    server.flist("bob", "tool.flist", flist(2));
    mirror.compare();
    server.requests.clear();
    server.flist("bob", "more.flist", flist(3));
    mirror.compare();
    assertThat(server.requests.stream().filter(path -> !path.startsWith("/api/chunks/")))
        .containsExactly("/api/repositories", "/api/flist/bob", "/bob/more.flist");
  }

  @Test
  void a_change_in_the_same_second_is_noticed() throws Exception {
    long now = Instant.now().getEpochSecond();
    server.flist("alice", "app.flist", flist(1));
    server.lies.put("/api/repositories", json("[{'name':'alice','updated':" + now + "}]"));
    String entry = "[{'name':'app.flist','type':'regular','size':'1 KB','updated':" + now + "}]";
    server.lies.put("/api/flist/alice", json(entry));
    mirror.compare();
    byte[] before = Files.readAllBytes(work.resolve("users/alice/app.flist"));
    server.flist("alice", "app.flist", flist(2));
    mirror.compare();
    assertThat(work.resolve("users/alice/app.flist"))
        .satisfies(
            file -> {
              assertThat(Files.readAllBytes(file)).isNotEqualTo(before);
            });
  }

  @Test
  void deletions_and_renames_are_followed() throws Exception {
    server.flist("alice", "app.flist", flist(1));
    server.flist("alice", "old.flist", flist(2));
    server.tag("alice", "v1", Map.of("a.flist", "alice/app.flist", "b.flist", "alice/old.flist"));
    server.tag("alice", "v2", Map.of("a.flist", "alice/app.flist"));
    server.flist("bob", "tool.flist", flist(3));
    mirror.compare();
    int fetched = (int) counters.chunks();
    server.delete("alice", "old.flist");
    server.flist("alice", "new.flist", flist(2));
    server.delete("alice", ".tag-v2");
    server.tag("alice", "v1", Map.of("a.flist", "alice/app.flist"));
    server.delete("bob");
    mirror.compare();
    assertThat(links("alice")).containsExactly("v1/", "app.flist", "new.flist");
    assertThat(listings.current().snapshot().entries(ALICE, new TagName("v1")).orElseThrow())
        .hasSize(1);
    assertThat(work.resolve("users/bob")).doesNotExist();
    assertThat(counters.chunks()).isEqualTo(fetched);
  }

  @Test
  void what_is_not_from_the_source_is_never_deleted() throws Exception {
    Files.createDirectories(work.resolve("users/alice"));
    Files.write(work.resolve("users/alice/own.flist"), flist(7));
    Files.createDirectories(work.resolve("users/carol"));
    server.flist("alice", "app.flist", flist(1));
    mirror.compare();
    server.delete("alice");
    server.flist("bob", "tool.flist", flist(3));
    mirror.compare();
    assertThat(links("alice")).containsExactly("own.flist");
    assertThat(work.resolve("users/carol")).exists();
  }

  @Test
  void a_source_that_lists_nothing_deletes_nothing() throws Exception {
    server.flist("alice", "app.flist", flist(1));
    mirror.compare();
    server.lies.put("/api/repositories", json("[]"));
    mirror.compare();
    assertThat(links("alice")).containsExactly("app.flist");
    assertThat(status.complaint()).contains("lags behind its source since 2026-11-30T12:00:00Z");
    assertThat(status.failure().orElseThrow()).contains("lists no repositories");
  }

  @Test
  void listings_that_are_cut_off_or_absurd_change_nothing() throws Exception {
    server.flist("alice", "app.flist", flist(1));
    server.flist("bob", "tool.flist", flist(3));
    mirror.compare();
    List<String> before = files();
    for (String lie :
        List.of("[{'name':'alice'", "{}", "[1]", "[] []", "<html>", "", "[".repeat(100_000))) {
      server.lies.put("/api/repositories", json(lie));
      mirror.compare();
      assertThat(status.failure()).as(lie).isPresent();
      server.lies.clear();
      server.official("alice");
      server.lies.put("/api/flist/alice", json(lie));
      mirror.compare();
      assertThat(status.failure()).as(lie).isPresent();
      server.lies.clear();
    }
    assertThat(files()).isEqualTo(before);
    mirror.compare();
    assertThat(status.failure()).isEmpty();
  }

  @Test
  void names_that_would_lead_elsewhere_are_ignored() throws Exception {
    server.flist("alice", "app.flist", flist(1));
    for (String name : List.of("../../evil.flist", ".hidden.flist", "a/b.flist", "..", "")) {
      server.entry(
          "alice",
          "x" + name,
          Json.createObjectBuilder().add("name", name).add("type", "regular").add("updated", 1));
    }
    server.link("alice", "out.flist", "symlink", "../../../etc/passwd");
    server.link("alice", "up.flist", "symlink", "../x.flist");
    server.link("alice", "away", "taglink", "bob/tags/..");
    server.entry("alice", "y", Json.createObjectBuilder().add("name", "y").add("type", "new"));
    server.flist("..", "oops.flist", flist(2));
    server.flist("api", "oops.flist", flist(2));
    mirror.compare();
    assertThat(links("alice")).containsExactly("app.flist");
    assertThat(status.problems())
        .containsExactly("alice: entries with names that are invalid here: 9");
    try (var all = Files.list(work.resolve("users"))) {
      assertThat(all.map(path -> path.getFileName().toString())).containsExactly("alice");
    }
  }

  @Test
  void a_damaged_flist_leaves_the_previous_version_and_does_not_stop_the_others() throws Exception {
    server.flist("alice", "app.flist", flist(1));
    mirror.compare();
    List<String> before = files();
    server.flist("alice", "app.flist", "no flist".getBytes(UTF_8));
    mirror.compare();
    assertThat(files()).isEqualTo(before);
    assertThat(status.complaint()).isEmpty();
    assertThat(status.problems()).singleElement().asString().startsWith("alice/app.flist: ");
    server.requests.clear();
    mirror.compare();
    assertThat(server.requests).hasSize(1);
    server.flist("bob", "tool.flist", flist(3));
    server.flist("alice", "app.flist", flist(2));
    mirror.compare();
    assertThat(status.problems()).isEmpty();
    assertThat(links("bob")).containsExactly("tool.flist");
  }

  @Test
  void a_flist_whose_chunks_are_damaged_or_missing_is_tried_again_after_an_hour() throws Exception {
    byte[] file = flist(1);
    Map<ChunkId, byte[]> good = Map.copyOf(there.chunks);
    ChunkId one = there.chunks.firstKey();
    there.chunks.put(one, "something else".getBytes(UTF_8));
    server.flist("alice", "app.flist", file);
    mirror.compare();
    assertThat(links("alice")).isEmpty();
    assertThat(here.chunks).doesNotContainKey(one);
    assertThat(status.problems())
        .singleElement()
        .asString()
        .startsWith("alice/app.flist: chunk " + one + " is missing or damaged at the source");
    there.chunks.putAll(good);
    server.requests.clear();
    mirror.compare();
    assertThat(server.requests).hasSize(1);
    clock.pass(Duration.ofHours(1));
    mirror.compare();
    assertThat(links("alice")).containsExactly("app.flist");
    assertThat(status.problems()).isEmpty();
  }

  @Test
  void a_source_that_breaks_off_is_resumed_without_fetching_chunks_again() throws Exception {
    for (int i = 0; i < 6; i++) {
      server.flist("alice", "f" + i + ".flist", flist(i));
    }
    int rounds = 0;
    while (rounds == 0 || status.failure().isPresent()) {
      rounds++;
      server.chunksLeft.set(2);
      // As after a kill: the state of the process is lost, and some of that on disk.
      if (rounds % 2 == 0) {
        Files.deleteIfExists(work.resolve("mirror/mirror.json"));
      }
      open(Set.of());
      mirror.compare();
    }
    assertThat(rounds).isGreaterThan(3);
    assertThat(links("alice")).hasSize(6);
    assertThat(counters.chunks()).isEqualTo(there.chunks.size());
    assertThat(here.puts.get()).isEqualTo(there.chunks.size());
  }

  @Test
  void a_hub_that_is_down_is_said_to_lag_and_keeps_what_it_has() throws Exception {
    server.flist("alice", "app.flist", flist(1));
    mirror.compare();
    clock.pass(Duration.ofMinutes(3));
    assertThat(status.complaint()).isEmpty();
    clock.pass(Duration.ofMinutes(7));
    assertThat(status.complaint()).contains("lags behind its source since 2026-11-30T12:00:00Z");
    server.down = true;
    mirror.compare();
    assertThat(status.complaint()).contains("lags behind its source since 2026-11-30T12:00:00Z");
    assertThat(status.lag()).isEqualTo(Duration.ofMinutes(10));
    assertThat(links("alice")).containsExactly("app.flist");
    open(Set.of());
    assertThat(status.lag()).isEqualTo(Duration.ofMinutes(10));
    server.down = false;
    mirror.compare();
    assertThat(status.complaint()).isEmpty();
    assertThat(status.lag()).isZero();
  }

  @Test
  void only_the_wanted_repositories_are_mirrored() throws Exception {
    server.flist("alice", "app.flist", flist(1));
    server.flist("bob", "tool.flist", flist(2));
    open(Set.of(BOB));
    mirror.compare();
    assertThat(links("bob")).containsExactly("tool.flist");
    assertThat(work.resolve("users/alice")).doesNotExist();
    assertThat(server.requests).doesNotContain("/api/flist/alice");
  }

  @Test
  void chunks_of_the_earlier_hub_come_from_the_backend_of_the_flist() throws Exception {
    server.hasChunkApi = false;
    server.sendsTags = false;
    try (Gateway gateway =
        new Gateway(
            GatewayOptions.at("127.0.0.1", 0),
            there,
            Optional.empty(),
            Optional.empty(),
            Clock.systemUTC())) {
      int port = gateway.address().getPort();
      String backend = "{\"host\":\"127.0.0.1\",\"port\":" + port + ",\"namespace\":\"default\"}";
      server.flist("alice", "app.flist", flist(1, backend));
      server.tag("alice", "v1", Map.of("a.flist", "alice/app.flist"));
      mirror.compare();
      assertThat(status.problems()).isEmpty();
      assertThat(links("alice")).containsExactly("v1/", "app.flist");
      assertThat(here.chunks.keySet()).isEqualTo(there.chunks.keySet());
      assertThat(server.requests.stream().filter(path -> path.startsWith("/api/chunks/")))
          .hasSizeLessThan(there.chunks.size() + 1);
      server.requests.clear();
      mirror.compare();
      assertThat(server.requests).containsExactly("/api/repositories", "/api/flist/alice");
    }
  }

  @Test
  void one_repository_can_be_copied_under_another_name_and_nothing_is_deleted() throws Exception {
    server.flist("alice", "app.flist", flist(1));
    server.flist("alice", "bad.flist", "no flist".getBytes(UTF_8));
    server.link("alice", "self.flist", "symlink", "alice/app.flist");
    server.tag("alice", "v1", Map.of("a.flist", "alice/app.flist"));
    server.flist("bob", "tool.flist", flist(2));
    Files.createDirectories(work.resolve("users/carol"));
    Files.write(work.resolve("users/carol/own.flist"), flist(7));
    JobLimits limits = new JobLimits(4, 4, 1, 1, Duration.ofMinutes(1), Duration.ofMinutes(1));
    try (Jobs jobs =
        new Jobs(limits, new MemoryJobs(limits), Throwable::getMessage, Ticker.SYSTEM)) {
      RepositoryImport imports = new RepositoryImport(copies, address -> source, jobs);
      Job job =
          imports.start(
              AccountName.ADMINISTRATOR,
              new RepositoryImport.Wish(server.address(), ALICE, new RepositoryName("carol")));
      Await.until("the job ends", () -> job.latest().event().last());
      assertThat(job.latest().event().json().toString())
          .contains("bad.flist: The file is no flist")
          .doesNotContain("app.flist:");
    }
    assertThat(links("carol"))
        .containsExactly("v1/", "app.flist", "own.flist", "self.flist -> carol/app.flist");
    assertThat(links("bob")).isEmpty();
  }

  @Test
  void backends_at_private_addresses_are_not_connected_to() throws Exception {
    server.hasChunkApi = false;
    String backend = "{\"host\":\"10.0.0.1\",\"port\":9900,\"namespace\":\"default\"}";
    server.flist("alice", "app.flist", flist(1, backend));
    mirror.compare();
    assertThat(links("alice")).isEmpty();
    assertThat(status.problems())
        .singleElement()
        .asString()
        .contains("10.0.0.1:9900 is not on the public internet");
  }

  private byte[] flist(int seed) throws Exception {
    return flist(seed, BACKEND.replace("mirror", "127.0.0.1"));
  }

  /** A flist with three chunks, which are at the source. */
  private byte[] flist(int seed, String backend) throws Exception {
    byte[] content = new byte[3 * 524_288 - 1];
    new Random(seed).nextBytes(content);
    Path users = work.resolve("source-" + seed + backend.hashCode());
    ChunkPipeline pipeline =
        new ChunkPipeline(there, there, new PipelineSize(1, 4), MirrorTest::thread);
    FlistBuilder builder =
        new FlistBuilder(pipeline, new EntryBudget(1 << 24), ArchiveLimits.DEFAULT, Ticker.SYSTEM);
    byte[] archive = new TarBytes().file("content", content).gzip();
    Files.createDirectories(users);
    try (pipeline;
        Md5Cache digests = Md5Cache.rememberedIn(users.resolve("md5s"), Clock.systemUTC());
        BuiltTree tree =
            builder.build("source", new ByteArrayInputStream(archive), Progress.NONE)) {
      Catalogue source = DirectoryCatalogue.open(users.resolve("users"), digests);
      FlistPublisher publisher =
          new FlistPublisher(source, there, new PublishSettings(work, backend, 1 << 20));
      var unused = publisher.publish(ALICE, FlistName.parse("x"), tree, Map.of("author", "me"));
    }
    return Files.readAllBytes(users.resolve("users/alice/x.flist"));
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "chunk-worker");
    thread.setDaemon(true);
    return thread;
  }

  private FlistReader published(String path) throws IOException {
    return FlistReader.open(work.resolve("users").resolve(path), work, FlistLimits.DEFAULT);
  }

  private List<String> links(String repository) {
    List<String> names = new ArrayList<>();
    for (ListingEntry entry :
        listings.current().snapshot().entries(new RepositoryName(repository)).orElse(List.of())) {
      if (entry instanceof ListingEntry.SymbolicLink link) {
        names.add(link.name() + " -> " + link.target());
      } else if (entry instanceof ListingEntry.TagLink link) {
        names.add(link.name() + " -> " + link.target());
      } else {
        names.add(entry.name() + (entry instanceof ListingEntry.Tag ? "/" : ""));
      }
    }
    return names;
  }

  private List<String> files() throws IOException {
    try (var files = Files.walk(work.resolve("users"))) {
      List<String> all = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        all.add(
            Files.isRegularFile(file) ? file + " " + Files.getLastModifiedTime(file) : "" + file);
      }
      return all;
    }
  }

  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(UTF_8);
  }
}
