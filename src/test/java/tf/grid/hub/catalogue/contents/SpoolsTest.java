package tf.grid.hub.catalogue.contents;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.catalogue.digest.FileIdentity;
import tf.grid.hub.limit.TryAgainLaterException;

class SpoolsTest {
  @TempDir Path work;
  private final AtomicInteger made = new AtomicInteger();

  @Test
  void those_who_read_the_same_share_one_file_until_the_last_is_done() throws IOException {
    Spools spools = new Spools(work, 2);
    ByteArrayOutputStream received = new ByteArrayOutputStream();

    spools.send(state(1), this::answer, readers(spools, 30, received));

    assertThat(received.toString(US_ASCII)).isEqualTo("answer".repeat(30));
    assertThat(made).hasValue(1);
    assertThat(files()).isEmpty();
    spools.send(state(1), this::answer, OutputStream.nullOutputStream());
    assertThat(made).hasValue(2);
  }

  /** A client that, before it takes its bytes, waits for another one of the same answer. */
  private OutputStream readers(Spools spools, int more, ByteArrayOutputStream received) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        assertThat(files()).hasSize(1);
        if (more > 1) {
          spools.send(state(1), SpoolsTest.this::answer, readers(spools, more - 1, received));
        }
        received.write(bytes, offset, length);
      }
    };
  }

  @Test
  void more_different_answers_than_are_kept_are_refused() throws IOException {
    Spools spools = new Spools(work, 1);
    OutputStream client =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            spools.send(state(2), SpoolsTest.this::answer, OutputStream.nullOutputStream());
          }
        };

    assertThatThrownBy(() -> spools.send(state(1), this::answer, client))
        .isInstanceOf(TryAgainLaterException.class);
    assertThat(files()).isEmpty();
    spools.send(state(2), this::answer, OutputStream.nullOutputStream());
  }

  @Test
  void an_answer_that_cannot_be_made_leaves_nothing() throws IOException {
    Spools spools = new Spools(work, 1);

    assertThatThrownBy(
            () ->
                spools.send(
                    state(1),
                    out -> {
                      out.write(1);
                      throw new IOException("damaged");
                    },
                    OutputStream.nullOutputStream()))
        .hasMessage("damaged");
    assertThat(files()).isEmpty();
    spools.send(state(1), this::answer, OutputStream.nullOutputStream());
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
