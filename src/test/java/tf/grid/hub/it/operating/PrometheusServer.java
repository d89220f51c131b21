package tf.grid.hub.it.operating;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tf.grid.hub.Await;
import tf.grid.hub.FreePort;

/** A real Prometheus that scrapes a hub and evaluates its alerts, without their delays. */
final class PrometheusServer implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final int port;

  private PrometheusServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts one with its data in a directory. */
  static PrometheusServer scraping(int hub, Path directory) throws IOException {
    String alerts = Files.readString(Path.of("deployment/alerts.yml"));
    Files.writeString(directory.resolve("alerts.yml"), alerts.replaceAll("(?m)^ *for: .*\\R", ""));
    Files.writeString(
        directory.resolve("prometheus.yml"),
        """
        global: {scrape_interval: 500ms, evaluation_interval: 500ms}
        rule_files: [alerts.yml]
        scrape_configs:
          - job_name: hub
            static_configs: [{targets: ['127.0.0.1:%d']}]
        """
            .formatted(hub));
    int port = FreePort.next();
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + directory.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + directory.resolve("prometheus"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("prometheus.log").toFile())
            .start();
    return new PrometheusServer(process, port);
  }

  /** Waits until an alert fires, or fires no more. */
  void awaitAlert(String name, boolean fires) throws InterruptedException {
    Await.until(
        "the alert " + name + (fires ? " fires" : " ends"), () -> firing().contains(name) == fires);
  }

  /** Waits until it has scraped the hub and evaluated its rules. */
  void awaitScrape() throws InterruptedException {
    Await.until("the hub is scraped", () -> query("/api/v1/query?query=hub_info").contains("hub"));
  }

  private List<String> firing() throws InterruptedException {
    String body = query("/api/v1/alerts");
    if (body.isEmpty()) {
      return List.of();
    }
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      return reader.readObject().getJsonObject("data").getJsonArray("alerts").stream()
          .map(alert -> alert.asJsonObject())
          .filter(alert -> alert.getString("state").equals("firing"))
          .map(alert -> alert.getJsonObject("labels").getString("alertname"))
          .toList();
    }
  }

  private String query(String path) throws InterruptedException {
    try {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException notListening) {
      return "";
    }
  }

  @Override
  public void close() {
    process.destroy();
    Await.until("prometheus ends", () -> !process.isAlive());
  }
}
