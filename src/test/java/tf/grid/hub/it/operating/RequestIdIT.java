package tf.grid.hub.it.operating;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.Await;
import tf.grid.hub.RunningHub;
import tf.grid.hub.client.Uploader;

/** The id that connects a response with the logs. */
class RequestIdIT {
  private static final RunningHub HUB = RunningHub.shared();

  @Test
  void the_id_of_a_proxy_is_kept_in_the_response_and_the_audit_log() throws Exception {
    HttpResponse<String> answer = sending("proxy-7.1").upload("broken.tar.gz", new byte[10]);
    assertThat(answer.statusCode()).as(answer.body()).isGreaterThanOrEqualTo(400);
    assertThat(id(answer)).isEqualTo("proxy-7.1");
    Path audit = HUB.dataDirectory().resolve("audit.log");
    Await.until(
        "the audit log has the id",
        () -> Files.readString(audit).contains("\"request\":\"proxy-7.1\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/flist", "/nobody", "/nobody/none.flist", "/health", "/api/nothing"})
  void every_response_has_an_id_of_its_own(String path) throws Exception {
    Uploader client = new Uploader(HUB.uri("/"));
    assertThat(id(client.get(path))).matches("[0-9a-f]{16}").isNotEqualTo(id(client.get(path)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"with space", "a\"b", "<script>", "%0a"})
  void an_id_that_could_forge_a_log_line_is_replaced(String sent) throws Exception {
    assertThat(id(sending(sent).get("/api/flist"))).matches("[0-9a-f]{16}");
  }

  private static Uploader sending(String id) {
    return new Uploader(HUB.uri("/")).with("X-Request-Id", id);
  }

  private static String id(HttpResponse<String> answer) {
    return answer.headers().firstValue("X-Request-Id").orElse("none");
  }
}
