package tf.grid.hub.catalogue.contents;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.catalogue.digest.FileIdentity;
import tf.grid.hub.http.send.Body;
import tf.grid.hub.limit.TryAgainLaterException;

class SpoolsTest {
  @TempDir Path work;
  private final AtomicInteger made = new AtomicInteger();

  @Test
  void those_who_read_the_same_share_one_file_until_the_last_is_done() throws IOException {
    Spools spools = new Spools(work, 2);
    List<Body> readers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      readers.add(spools.open(state(1), this::answer));
    }
    ByteArrayOutputStream received = new ByteArrayOutputStream();

    for (Body reader : readers) {
      assertThat(files()).hasSize(1);
      reader.writeTo(received);
      reader.close();
    }

    assertThat(received.toString(US_ASCII)).isEqualTo("answer".repeat(30));
    assertThat(made).hasValue(1);
    assertThat(files()).isEmpty();
    spools.open(state(1), this::answer).close();
    assertThat(made).hasValue(2);
  }

  @Test
  void more_different_answers_than_are_kept_are_refused() throws IOException {
    Spools spools = new Spools(work, 1);

    Body reader = spools.open(state(1), this::answer);
    assertThatThrownBy(() -> spools.open(state(2), this::answer))
        .isInstanceOf(TryAgainLaterException.class);
    assertThat(files()).hasSize(1);
    reader.close();

    assertThat(files()).isEmpty();
    spools.open(state(2), this::answer).close();
  }

  @Test
  void an_answer_that_cannot_be_made_leaves_nothing() throws IOException {
    Spools spools = new Spools(work, 1);

    assertThatThrownBy(
            () ->
                spools.open(
                    state(1),
                    out -> {
                      out.write(1);
                      throw new IOException("damaged");
                    }))
        .hasMessage("damaged");
    assertThat(files()).isEmpty();
    spools.open(state(1), this::answer).close();
    assertThat(made).hasValue(1);
  }

  private void answer(OutputStream out) throws IOException {
    made.incrementAndGet();
    out.write("answer".getBytes(US_ASCII));
  }

  private static FileIdentity state(long inode) {
    return new FileIdentity(inode, 1, 1, 1);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(work)) {
      return files.toList();
    }
  }
}
