package tf.grid.hub.it.operating;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tf.grid.hub.Await;
import tf.grid.hub.FreePort;
import tf.grid.hub.RunningHub;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.webhook.HookServer;

/** A receiver that is down while flists are published and the hub is killed. */
class WebhookIT {

  @Test
  void a_receiver_learns_of_a_change_after_both_were_down() throws Exception {
    int port = FreePort.next();
    Map<String, String> settings =
        Map.of(
            "HUB_WEBHOOKS_URLS", "http://127.0.0.1:" + port + "/hook",
            "HUB_WEBHOOKS_SECRET", "a secret",
            "HUB_IMAGE_INSECURE_REGISTRIES", "127.0.0.1:" + port);
    try (RunningHub hub = RunningHub.start(settings)) {
      Uploader client = new Uploader(hub.uri("/"));
      byte[] archive = new TarBytes().file("a", "b").tar();
      assertThat(client.upload("app.tar", archive).statusCode()).isEqualTo(200);
      assertThat(client.get("/api/flist/me/app/link/latest").statusCode()).isEqualTo(200);
      Await.value(
          "the failure is listed",
          () -> client.get("/api/admin/webhooks").body(),
          body -> body.contains("\"waiting\":") && body.contains("\"failure\":"));
      hub.kill();
      hub.restart();
      try (HookServer receiver = new HookServer(port)) {
        Await.until("both events arrive", () -> receiver.requests.size() >= 2);
        assertThat(receiver.requests)
            .anySatisfy(
                request -> {
                  assertThat(request.body())
                      .contains("\"type\":\"flist.published\"")
                      .contains("\"subject\":\"Administrator/app.flist\"");
                  assertThat(request.signature()).startsWith("sha256=");
                })
            .anySatisfy(
                request ->
                    assertThat(request.body())
                        .contains("\"subject\":\"Administrator/latest.flist\""));
        Await.value(
            "nothing waits",
            () -> client.get("/api/admin/webhooks").body(),
            body -> body.contains("\"waiting\":0"));
      }
    }
  }
}
