package tf.grid.hub.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.flist.Counts.Counter;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.store.MemoryStore;
import tf.grid.hub.store.StoreException.StoreCorruptException;

class FlistPublisherTest {
  private static final RepositoryName ALICE = new RepositoryName("alice");
  private static final FlistName APP = FlistName.parse("app");
  private static final byte[] ARCHIVE =
      new TarBytes().file(".README.md", "# hello").file("a", "one").gzip();

  @TempDir Path work;
  private final WatchedStore store = new WatchedStore();
  private final ChunkPipeline pipeline =
      new ChunkPipeline(store, store, new PipelineSize(1, 4), FlistPublisherTest::thread);
  private Md5Cache md5s;
  private FlistPublisher publisher;

  @BeforeEach
  void open() throws IOException {
    md5s = Md5Cache.rememberedIn(work.resolve("md5s"), Clock.systemUTC());
    Catalogue catalogue = DirectoryCatalogue.open(work.resolve("users"), md5s);
    publisher = new FlistPublisher(catalogue, store, new PublishSettings(work, "{\"a\":1}", 1));
  }

  @AfterEach
  void close() throws IOException {
    pipeline.close();
    md5s.close();
  }

  @Test
  void a_flist_has_the_readme_the_backend_and_the_given_metadata() throws Exception {
    NewFlist made;
    try (BuiltTree tree = tree()) {
      made = publisher.publish(ALICE, APP, tree, Map.of("author", "me"));
    }
    assertThat(made.name()).isEqualTo(APP);
    try (FlistReader flist = FlistReader.open(published(), work, FlistLimits.DEFAULT)) {
      assertThat(flist.counts()).isEqualTo(made.counts()).isNotEqualTo(new Counter().counts());
      assertThat(flist.metadata())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of("author", "me", "readme", "{\"readme\":\"# hello\"}", "backend", "{\"a\":1}"));
    }
  }

  @Test
  void a_chunk_that_is_gone_before_publishing_is_noticed() throws Exception {
    try (BuiltTree tree = tree()) {
      publisher.publish(ALICE, FlistName.parse("first"), tree, Map.of());
      store.chunks.clear();
      assertThatThrownBy(() -> publisher.publish(ALICE, APP, tree, Map.of()))
          .isInstanceOf(StoreCorruptException.class)
          .hasMessageStartingWith("the store has lost 2 chunks that it had confirmed, one is ")
          .hasMessageContaining("send the archive again");
    }
    assertThat(published()).doesNotExist();
  }

  @Test
  void chunks_are_checked_when_the_file_is_whole_and_has_no_name_yet() throws Exception {
    try (BuiltTree tree = tree()) {
      store.watched = work.resolve("users/alice");
      publisher.publish(ALICE, APP, tree, Map.of());
    }
    assertThat(store.seen).hasSize(1);
    assertThat(store.seen.get(0)).startsWith(".tmp-").endsWith(" " + Files.size(published()));
  }

  private BuiltTree tree() throws Exception {
    FlistBuilder builder =
        new FlistBuilder(pipeline, new EntryBudget(1 << 24), ArchiveLimits.DEFAULT, Ticker.SYSTEM);
    return builder.build("alice", new ByteArrayInputStream(ARCHIVE), Progress.NONE);
  }

  private Path published() {
    return work.resolve("users/alice/app.flist");
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "chunk-worker");
    thread.setDaemon(true);
    return thread;
  }

  /** Notes the files of a directory, with their sizes, whenever it is asked for chunks. */
  private static final class WatchedStore extends MemoryStore {
    private final List<String> seen = new ArrayList<>();
    private Path watched;

    @Override
    public Set<ChunkId> missing(Collection<ChunkId> ids) {
      if (watched != null) {
        try (Stream<Path> files = Files.list(watched)) {
          files.forEach(file -> seen.add(file.getFileName() + " " + file.toFile().length()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return super.missing(ids);
    }
  }
}
