package tf.grid.hub.store.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.store.ChunkSamples.chunk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tf.grid.hub.HandClock;
import tf.grid.hub.chunk.ChunkId;

class ConfirmedChunksTest {
  private final HandClock clock = new HandClock(Instant.EPOCH);
  private final ConfirmedChunks confirmed = ConfirmedChunks.remembered(clock);
  private final ChunkId one = chunk(1, 10).id();

  @Test
  void a_chunk_is_remembered_for_a_quarter_of_an_hour() {
    assertThat(confirmed.has(one)).isFalse();
    confirmed.add(one, confirmed.deletions());
    clock.pass(Duration.ofMinutes(14));
    assertThat(confirmed.has(one)).isTrue();
    clock.pass(Duration.ofMinutes(1));
    assertThat(confirmed.has(one)).isFalse();
  }

  @Test
  void a_deleted_chunk_is_forgotten() {
    confirmed.add(one, confirmed.deletions());
    confirmed.forget(List.of(one));
    assertThat(confirmed.has(one)).isFalse();
  }

  @Test
  void an_answer_from_before_a_deletion_is_not_remembered_after_it() {
    long since = confirmed.deletions();
    confirmed.forget(List.of(chunk(2, 10).id()));
    confirmed.add(one, since);
    assertThat(confirmed.has(one)).isFalse();
  }

  @Test
  void ids_of_the_same_place_are_not_confused() {
    ChunkId first = new ChunkId(1, 7);
    ChunkId second = new ChunkId(2, 7);
    confirmed.add(first, confirmed.deletions());
    assertThat(confirmed.has(second)).isFalse();
    confirmed.forget(List.of(second));
    assertThat(confirmed.has(first)).isTrue();
    confirmed.add(second, confirmed.deletions());
    assertThat(confirmed.has(second)).isTrue();
    assertThat(confirmed.has(first)).isFalse();
  }
}
