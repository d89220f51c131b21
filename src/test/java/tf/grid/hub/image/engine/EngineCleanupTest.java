package tf.grid.hub.image.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineCleanupTest {

  /** The failures of an engine, one for each attempt; then it succeeds. */
  private final Deque<RuntimeException> failures = new ArrayDeque<>();

  private int attempts;

  private void remove() {
    attempts++;
    if (!failures.isEmpty()) {
      throw failures.pop();
    }
  }

  @Test
  void a_removal_in_progress_is_waited_for() {
    RuntimeException busy = new ConflictException("removal of container a is already in progress");
    failures.addAll(List.of(busy, busy, new NotFoundException("no such container")));

    EngineCleanup.of("container", this::remove);

    assertThat(attempts).isEqualTo(3);
  }

  @Test
  void another_conflict_is_not_repeated() {
    failures.add(new ConflictException("image is being used by running container b"));

    EngineCleanup.of("image", this::remove);

    assertThat(attempts).isEqualTo(1);
  }

  @Test
  void an_interrupt_does_not_prevent_the_removal_and_is_kept() {
    Thread.currentThread().interrupt();

    EngineCleanup.of("container", this::remove);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(attempts).isEqualTo(1);
  }
}
