package tf.grid.hub.client.push;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedFlistTest {
  @Test
  void the_response_for_a_million_files_is_read() throws IOException {
    String entries = "{\"size\":4096,\"path\":\"/000\"},".repeat(1_000_000);
    String response =
        "{\"payload\":{\"name\":\"many.flist\",\"warnings\":[\"odd\"],\"files\":{\"content\":["
            + entries
            + "{}],\"regular\":1000000}}}";
    assertThat(PublishedFlist.read(new ByteArrayInputStream(response.getBytes(US_ASCII))))
        .isEqualTo(new PublishedFlist("many.flist", List.of("odd")));
  }
}
