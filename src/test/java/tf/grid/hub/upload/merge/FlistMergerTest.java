package tf.grid.hub.upload.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.directory.DirectoryCatalogue;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.queue.InFlight;
import tf.grid.hub.limit.queue.QueueLimits;
import tf.grid.hub.limit.queue.UploadLimit;
import tf.grid.hub.publish.FlistPublisher;
import tf.grid.hub.publish.PublishSettings;
import tf.grid.hub.store.MemoryStore;
import tf.grid.hub.upload.UploadRejectedException;

/** A merge while chunks come and go. */
class FlistMergerTest {
  private static final Path SAMPLE = Path.of("src/test/resources/vectors/samples/good.flist");
  private static final RepositoryName ALICE = new RepositoryName("alice");
  private static final FlistName BOTH = FlistName.parse("both");

  @TempDir Path work;
  private Md5Cache md5s;
  private Catalogue catalogue;

  @BeforeEach
  void publish() throws IOException {
    md5s = Md5Cache.rememberedIn(work.resolve("md5s"), Clock.systemUTC());
    catalogue = DirectoryCatalogue.open(work.resolve("users"), md5s);
    catalogue.publish(ALICE, FlistName.parse("good"), out -> Files.copy(SAMPLE, out));
  }

  @AfterEach
  void close() throws IOException {
    md5s.close();
  }

  @Test
  void chunks_that_stay_are_asked_for_at_first_and_at_last() throws IOException {
    LosingStore store = new LosingStore(Integer.MAX_VALUE);

    assertThat(merging(store).merge(ALICE, BOTH, List.of("alice/good"))).isEmpty();

    assertThat(store.questions).hasValue(2);
    assertThat(work.resolve("users/alice/both.flist")).exists();
  }

  @Test
  void a_chunk_that_goes_during_a_merge_is_noticed_before_the_flist_gets_its_name() {
    LosingStore store = new LosingStore(1);

    assertThatThrownBy(() -> merging(store).merge(ALICE, BOTH, List.of("alice/good")))
        .isInstanceOf(UploadRejectedException.class)
        .hasMessageContaining("not fully present on backend: 1 chunk is missing");

    assertThat(store.questions).hasValue(2);
    assertThat(work.resolve("users/alice").toFile().list()).containsExactly("good.flist");
  }

  private FlistMerger merging(LosingStore store) {
    PublishSettings settings = new PublishSettings(work, "{}", 1 << 20);
    return new FlistMerger(
        new MergeSources(catalogue),
        new FlistPublisher(catalogue, store, settings),
        settings,
        new UploadLimit<>(1, 1, QueueLimits.of(0), InFlight.UNTRACKED, Ticker.SYSTEM));
  }

  /** Has every chunk for as many questions, and none from then on. */
  private static final class LosingStore extends MemoryStore {
    private final int good;

    LosingStore(int good) {
      this.good = good;
    }

    @Override
    public Set<ChunkId> missing(Collection<ChunkId> ids) {
      return questions.incrementAndGet() <= good ? Set.of() : Set.copyOf(ids);
    }
  }
}
