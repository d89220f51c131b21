package tf.grid.hub.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tf.grid.hub.store.ChunkSamples.chunks;

import java.nio.file.Path;
import java.time.Clock;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.store.StoredChunk;
import tf.grid.hub.store.embedded.pack.PackFiles;
import tf.grid.hub.store.embedded.pack.PackWriter;

class CommitThreadTest {
  @TempDir Path directory;

  /** A list that cannot be read, as when memory runs out while orders are put together. */
  private static final class Unreadable extends AbstractList<StoredChunk> {
    @Override
    public StoredChunk get(int index) {
      throw new OutOfMemoryError("in a test");
    }

    @Override
    public int size() {
      return 1;
    }
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void an_error_fails_those_who_wait_and_nobody_after_them() throws Exception {
    PackWriter writer = new PackWriter(new PackFiles(directory), 1 << 20, 0, 0);
    try (LocationIndex index = new LocationIndex(directory.resolve("index.sqlite"))) {
      ChunkLog log = new ChunkLog(index, writer, Clock.systemUTC());
      CommitThread thread = new CommitThread(log, new StorageErrors(directory));
      assertThatThrownBy(() -> thread.append(new Unreadable()))
          .hasRootCauseInstanceOf(OutOfMemoryError.class);
      List<StoredChunk> later = chunks(1, 3);
      thread.append(later);
      assertThat(later).allMatch(chunk -> log.knows(chunk.id()));
      thread.close();
    }
  }
}
