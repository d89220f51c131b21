package tf.grid.hub.site.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tf.grid.hub.http.file.FileAnswer;
import tf.grid.hub.limit.ReadLimit;
import tf.grid.hub.limit.TryAgainLaterException;

class ExtractLimitTest {

  private final ExtractLimit places = new ExtractLimit(new ReadLimit(1, 1, Duration.ofMillis(10)));
  private final ByteArrayOutputStream second = new ByteArrayOutputStream();

  @Test
  void who_finds_no_place_is_told_so_before_the_first_byte() throws IOException {
    FileAnswer answer = places.bound(FileAnswer.text(200, "text/plain", "a file"));

    places.bound(sending(() -> assertRefused(answer))).body().writeTo(second);
    assertThat(second.size()).isZero();

    answer.body().writeTo(second);
    assertThat(second).hasToString("a file");
  }

  @Test
  void what_is_no_file_needs_no_place() throws IOException {
    FileAnswer refused = places.bound(FileAnswer.text(416, "text/plain", "no such part"));

    places.bound(sending(() -> refused.body().writeTo(second))).body().writeTo(second);

    assertThat(second).hasToString("no such part");
  }

  @Test
  void a_place_is_given_back_when_the_client_is_gone() throws IOException {
    FileAnswer broken =
        places.bound(
            sending(
                () -> {
                  throw new IOException("broken pipe");
                }));
    assertThatThrownBy(() -> broken.body().writeTo(second)).hasMessage("broken pipe");

    places.bound(FileAnswer.text(200, "text/plain", "the next")).body().writeTo(second);

    assertThat(second).hasToString("the next");
  }

  private void assertRefused(FileAnswer answer) {
    assertThatThrownBy(() -> answer.body().writeTo(second))
        .isInstanceOf(TryAgainLaterException.class);
  }

  private static FileAnswer sending(Step step) {
    return new FileAnswer(206, Map.of(), 0, (OutputStream out) -> step.go());
  }

  /** What happens while a file is sent. */
  private interface Step {
    void go() throws IOException;
  }
}
