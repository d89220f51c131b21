package tf.grid.hub.image.convert;

import java.time.Duration;
import tf.grid.hub.limit.TryAgainLaterException;
import tf.grid.hub.limit.queue.Flow;
import tf.grid.hub.progress.Progress;

/**
 * Measures how fast the layers of an image come, and ends the conversion when it has lost its place
 * because they come too slowly. Thread-safe.
 */
record YieldingProgress(Progress progress, Flow flow) implements Progress {
  private static final Duration PAUSE = Duration.ofSeconds(60);

  @Override
  public void awaits() {
    flow.waits();
  }

  @Override
  public void received(long bytes) {
    flow.moved(bytes);
    if (flow.isRevoked()) {
      throw new TryAgainLaterException(503, PAUSE, "the image " + flow.reason());
    }
    progress.received(bytes);
  }

  @Override
  public void expect(long total) {
    progress.expect(total);
  }

  @Override
  public void fileDone() {
    progress.fileDone();
  }

  @Override
  public void chunks(int fresh, int known) {
    progress.chunks(fresh, known);
  }
}
