package tf.grid.hub.store.embedded.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts open files in what the kernel lists of this process. */
class OpenPacksTest {
  private static final int PACKS = 10;
  private static final int LIMIT = 3;

  @TempDir Path directory;
  private OpenPacks packs;

  @BeforeEach
  void make_packs() throws IOException {
    PackFiles files = new PackFiles(directory);
    for (int number = 0; number < PACKS; number++) {
      Files.write(files.file(number), content(number));
    }
    packs = new OpenPacks(files, LIMIT);
  }

  @AfterEach
  void close() throws IOException {
    packs.close();
  }

  private static byte[] content(int number) {
    byte[] content = new byte[1000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31 + number);
    }
    return content;
  }

  private static ChunkLocation whole(int number) {
    return new ChunkLocation(number, 0, 1000, 0);
  }

  /** The numbers of the packs that this process has open, ascending, one for each open file. */
  private List<Integer> open() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files
          .map(OpenPacksTest::target)
          .filter(target -> target.startsWith(directory.toString()))
          .map(target -> Integer.valueOf(target.replaceAll(".*/0*(\\d+)\\.pack", "$1")))
          .sorted()
          .toList();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  @Test
  void what_was_read_last_stays_open_and_no_more_than_the_limit() throws IOException {
    for (int number = 0; number < PACKS; number++) {
      assertThat(packs.read(whole(number))).isEqualTo(content(number));
    }
    assertThat(open()).containsExactly(7, 8, 9);

    assertThat(packs.read(new ChunkLocation(7, 990, 10, 0))).hasSize(10);
    packs.read(whole(0));
    assertThat(open()).containsExactly(0, 7, 9);
  }

  @Test
  void a_pack_is_opened_once_for_reader_after_reader() throws IOException {
    for (int i = 0; i < 100; i++) {
      packs.read(whole(i % 2));
    }
    assertThat(open()).containsExactly(0, 1);
  }

  @Test
  void what_cannot_be_read_is_not_kept() throws IOException {
    assertThatThrownBy(() -> packs.read(new ChunkLocation(1, 990, 11, 0)))
        .isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> packs.read(whole(PACKS))).isInstanceOf(NoSuchFileException.class);
    assertThat(open()).isEmpty();
  }

  @Test
  void a_reader_that_is_interrupted_harms_no_other() throws IOException {
    packs.read(whole(1));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> packs.read(whole(1))).isInstanceOf(ClosedByInterruptException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(open()).isEmpty();
    assertThat(packs.read(whole(1))).isEqualTo(content(1));
  }

  @Test
  void threads_get_what_they_ask_for_while_others_are_interrupted() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Integer>> readers =
          IntStream.range(0, 8).<Callable<Integer>>mapToObj(i -> () -> readMany(i)).toList();
      int interrupted = 0;
      for (Future<Integer> reader : threads.invokeAll(readers)) {
        interrupted += reader.get();
      }
      assertThat(interrupted).isEqualTo(8 * 20);
    } finally {
      threads.shutdownNow();
    }
    assertThat(open()).hasSizeBetween(1, LIMIT);
  }

  /** Reads, interrupted once in a while; how often that ended a read. */
  private int readMany(int seed) throws IOException {
    int interrupted = 0;
    for (int i = 0; i < 1000; i++) {
      int number = (seed + i) % PACKS;
      if (i % 50 == 0) {
        Thread.currentThread().interrupt();
      }
      try {
        assertThat(packs.read(whole(number))).isEqualTo(content(number));
      } catch (ClosedByInterruptException e) {
        assertThat(Thread.interrupted()).isTrue();
        interrupted++;
      }
    }
    return interrupted;
  }

  @Test
  void nothing_is_open_once_it_is_closed() throws IOException {
    packs.read(whole(1));
    packs.close();
    assertThat(open()).isEmpty();

    assertThat(packs.read(whole(2))).isEqualTo(content(2));
    assertThat(open()).isEmpty();
  }
}
