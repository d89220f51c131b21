package tf.grid.hub.it.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.client.RecordedExchange.json;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.Await;
import tf.grid.hub.RunningHub;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.catalogue.SmallDisk;
import tf.grid.hub.client.Uploader;

/** A hub whose only disk has not a byte left. */
class DiskReserveIT {
  private static final int DISK = 96 << 20;
  private static final int SMALL = 1_000_000;
  private static final int LARGE = 24_000_000;

  @TempDir Path directory;

  @Test
  void a_full_disk_stops_uploads_and_nothing_else_until_deleting_gives_space_back()
      throws Exception {
    try (SmallDisk disk = SmallDisk.at(directory.resolve("data"), DISK);
        RunningHub hub =
            RunningHub.start(
                Map.of(
                    "HUB_DATA_DIR", disk.path().toString(),
                    "HUB_AUTH_ENABLED", "true",
                    "HUB_AUTH_DEV_LOGIN", "true",
                    "HUB_AUTH_ADMINISTRATORS", "alice",
                    "HUB_HEALTH_FREE_BYTES", "1 MiB",
                    "HUB_GC_GRACE", "PT1S"))) {
      Uploader anonymous = new Uploader(hub.uri("/"));
      JsonObject stolen = token(anonymous);
      Uploader alice = anonymous.with("Authorization", "bearer " + stolen.getString("token"));
      assertThat(upload(alice, "kept", SMALL).statusCode()).isEqualTo(200);
      assertThat(upload(alice, "gone", LARGE).statusCode()).isEqualTo(200);
      fill(disk.path().resolve("filling"));

      JsonObject fresh = token(anonymous);
      Uploader admin = anonymous.with("Authorization", "bearer " + fresh.getString("token"));
      assertOk(admin.send("DELETE", "/api/tokens/" + stolen.getString("id")));
      assertThat(alice.get("/api/flist/me").statusCode()).isEqualTo(401);
      HttpResponse<String> refused = upload(admin, "late", 10 * SMALL);
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(507);
      assertThat(refused.body()).contains("MiB are free").contains("delete flists");
      assertOk(admin.send("DELETE", "/api/flist/me/gone"));
      Await.until(
          "the content of the deleted flist is collected, and uploads go on",
          () -> {
            assertThat(admin.send("POST", "/api/admin/gc").statusCode()).isIn(202, 409);
            return upload(admin, "late", 10 * SMALL).statusCode() == 200;
          });
      assertOk(admin.get("/api/flist/alice/kept"));
      assertThat(Files.readString(disk.path().resolve("audit.log")))
          .contains("\"delete\"")
          .doesNotContain("\"gap\"");
      assertThat(disk.path().resolve("disk-reserve")).exists();
    }
  }

  private static JsonObject token(Uploader anonymous) throws IOException {
    HttpResponse<String> made =
        anonymous
            .with("Content-Type", "application/x-www-form-urlencoded")
            .postText("/api/tokens", "user=alice");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    return json(made.body()).asJsonObject().getJsonObject("payload");
  }

  private static HttpResponse<String> upload(Uploader client, String name, int length)
      throws IOException {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    return client.put("/api/flist/me/" + name, new TarBytes().file("content", content).tar());
  }

  private static void assertOk(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException full) {
      assertThat(Files.size(file)).isPositive();
    }
  }
}
