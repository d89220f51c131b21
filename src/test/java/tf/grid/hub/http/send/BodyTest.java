package tf.grid.hub.http.send;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tf.grid.hub.Await;

class BodyTest {
  private final byte[] bytes =
      "a body that is longer than one piece ".repeat(1000).getBytes(US_ASCII);
  private final AtomicInteger fetched = new AtomicInteger();
  private final WeakBytes weak =
      new WeakBytes(
          () -> {
            fetched.incrementAndGet();
            return bytes.clone();
          });

  @Test
  void a_body_in_memory_is_written_whole() throws IOException {
    assertThat(written(Body.of(bytes))).isEqualTo(bytes);
    assertThat(written(Body.none())).isEmpty();
  }

  @Test
  void bytes_are_fetched_once_for_a_client_that_reads() throws IOException {
    assertThat(written(weak.body())).isEqualTo(bytes);
    assertThat(fetched).hasValue(1);
  }

  @Test
  void bytes_are_fetched_again_for_a_client_that_paused() throws IOException {
    Body body = weak.body();
    byte[] part = new byte[10];
    body.read(part, 0, 5);
    Await.until(
        "they were given up",
        () -> {
          body.pause();
          System.gc();
          weak.get();
          return fetched.get() > 1;
        });

    body.read(part, 5, 5);

    assertThat(part).asString(US_ASCII).isEqualTo("a body tha");
  }

  private static byte[] written(Body body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    body.writeTo(out);
    return out.toByteArray();
  }
}
