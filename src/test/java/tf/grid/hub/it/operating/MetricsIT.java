package tf.grid.hub.it.operating;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.RunningHub;
import tf.grid.hub.client.Uploader;

/** What Prometheus reads from a hub, and what is shown and alerted of it. */
@NeedsPrograms("promtool")
class MetricsIT {
  private static final Path SMALL =
      Path.of("src/test/resources/vectors/samples/sample-small.tar.gz");

  /** In the query language; functions and labels have no such prefix. */
  private static final Pattern NAME = Pattern.compile("\\b(?:hub|jvm|process)_[a-z_]+");

  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+)[{ ]");

  private static final RunningHub HUB = RunningHub.shared();

  private final Uploader client = new Uploader(HUB.uri("/"));

  /** Some metrics are exported from the first event on. */
  @BeforeAll
  static void upload() throws IOException {
    new Uploader(HUB.uri("/")).upload("first.tar.gz", Files.readAllBytes(SMALL));
  }

  @ParameterizedTest
  @ValueSource(strings = {"deployment/alerts.yml", "deployment/grafana-dashboard.json"})
  void every_metric_that_is_shown_or_alerted_of_is_exported(String file) throws Exception {
    Set<String> used =
        NAME.matcher(Files.readString(Path.of(file)))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> exported =
        SAMPLE.matcher(scrape()).results().map(match -> match.group(1)).collect(Collectors.toSet());
    assertThat(used).hasSizeGreaterThan(8).allMatch(exported::contains);
  }

  @Test
  void promtool_accepts_the_metrics_and_the_alerts() throws Exception {
    assertThat(promtool(scrape(), "check", "metrics")).isEmpty();
    assertThat(promtool("", "check", "rules", "deployment/alerts.yml")).contains("SUCCESS");
    assertThat(promtool("", "test", "rules", "src/test/resources/alerts-test.yml"))
        .contains("SUCCESS");
  }

  @Test
  void an_upload_is_counted_with_its_bytes_and_chunks() throws Exception {
    byte[] archive = Files.readAllBytes(SMALL);
    String before = scrape();
    assertThat(client.upload("counted.tar.gz", archive).statusCode()).isEqualTo(200);
    String after = scrape();
    assertThat(rise("hub_actions_total{action=\"upload\",result=\"done\"}", before, after))
        .isGreaterThanOrEqualTo(1);
    assertThat(rise("hub_http_received_bytes_total", before, after))
        .isGreaterThanOrEqualTo(archive.length);
    assertThat(
            rise("hub_chunks_total{state=\"new\"}", before, after)
                + rise("hub_chunks_total{state=\"known\"}", before, after))
        .isGreaterThanOrEqualTo(2);
    assertThat(rise("hub_http_requests_total{kind=\"api\",status=\"200\"}", before, after))
        .isGreaterThanOrEqualTo(1);
    assertThat(value("hub_health{check=\"store\"}", after)).isEqualTo(1);
  }

  @Test
  void requests_through_a_proxy_need_the_token() throws Exception {
    Uploader proxied = new Uploader(HUB.uri("/")).with("X-Forwarded-For", "192.0.2.1");
    assertThat(proxied.get("/metrics").statusCode()).isEqualTo(401);
    assertThat(proxied.with("Authorization", "Bearer ").get("/metrics").statusCode())
        .isEqualTo(401);
  }

  private String scrape() throws IOException {
    return client.get("/metrics").body();
  }

  private static double rise(String sample, String before, String after) {
    return value(sample, after) - value(sample, before);
  }

  /** The value of a sample; 0 if it has not occurred yet. */
  private static double value(String sample, String metrics) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(sample + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
        .findAny()
        .orElse(0);
  }

  /** Runs promtool, which must succeed, and returns its output. */
  private static String promtool(String input, String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = "promtool";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Path in = Files.writeString(Files.createTempFile("promtool", ".txt"), input);
    try {
      Process process =
          new ProcessBuilder(command).redirectErrorStream(true).redirectInput(in.toFile()).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
      return output;
    } finally {
      Files.delete(in);
    }
  }
}
