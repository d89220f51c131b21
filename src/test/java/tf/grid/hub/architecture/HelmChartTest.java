package tf.grid.hub.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What Helm makes of the chart for several hubs. */
class HelmChartTest {
  private static final Path CHART = Path.of("deployment/helm");
  private static final Pattern PROPERTY = Pattern.compile("`(hub\\.[a-z0-9.-]+)`");
  private static final Pattern VERSION = Pattern.compile("(?m)^  <version>(.*)</version>$");

  private final Helm helm = new Helm(CHART);

  private TemplateCommand template() {
    return helm.template()
        .withName("site")
        .set("publicUrl", "https://hub.example")
        .set("database.url", "jdbc:postgresql://database:5432/hub")
        .set("store.host", "store")
        .set("store.secret", "hub-store")
        .set("ingress.enabled", true)
        .set("ingress.host", "hub.example");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> resource(String yaml, String kind) {
    Iterable<Object> all = new Load(LoadSettings.builder().build()).loadAllFromString(yaml);
    return StreamSupport.stream(all.spliterator(), false)
        .map(one -> (Map<String, Object>) one)
        .filter(one -> kind.equals(one.get("kind")))
        .findFirst()
        .orElseThrow();
  }

  /** What is at a path in a resource; numbers are positions in lists. */
  private static Object at(Object resource, String path) {
    Object found = resource;
    for (String step : path.split("/", -1)) {
      found =
          found instanceof List<?> list
              ? list.get(Integer.parseInt(step))
              : ((Map<?, ?>) found).get(step);
    }
    return found;
  }

  @Test
  void helm_finds_nothing_wrong_with_the_chart() {
    LintResult result = helm.lint().strict().call();
    assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
  }

  @Test
  void all_settings_are_settings_of_the_hub() throws IOException {
    Object data = at(resource(template().call(), "ConfigMap"), "data");
    List<String> documented =
        PROPERTY
            .matcher(Files.readString(Path.of("docs/configuration.md")))
            .results()
            .map(match -> match.group(1).toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"))
            .toList();
    assertThat(((Map<?, ?>) data).keySet())
        .filteredOn(name -> !name.equals("JDK_JAVA_OPTIONS"))
        .hasSizeGreaterThan(6)
        .allMatch(name -> documented.contains(name.toString().replaceFirst("_FILE$", "")));
  }

  @Test
  void hubs_run_without_privileges_on_a_read_only_file_system() {
    Object pod = at(resource(template().call(), "StatefulSet"), "spec/template/spec");
    assertThat(at(pod, "securityContext/runAsNonRoot")).isEqualTo(true);
    assertThat(at(pod, "containers/0/securityContext/readOnlyRootFilesystem")).isEqualTo(true);
    assertThat(at(pod, "containers/0/securityContext/capabilities/drop")).isEqualTo(List.of("ALL"));
    assertThat(at(pod, "automountServiceAccountToken")).isEqualTo(false);
  }

  @Test
  void a_changed_setting_starts_the_hubs_again() {
    assertThat(checksum(template())).isEqualTo(checksum(template()));
    assertThat(checksum(template().set("settings.HUB_LIMITS_JOBS", 20)))
        .isNotEqualTo(checksum(template()));
  }

  private static Object checksum(TemplateCommand template) {
    Object set = resource(template.call(), "StatefulSet");
    Object annotations = at(set, "spec/template/metadata/annotations");
    return ((Map<?, ?>) annotations).get("checksum/settings");
  }

  @Test
  void a_chart_without_an_address_or_with_a_mistyped_setting_is_rejected() {
    assertThatThrownBy(() -> helm.template().withName("site").call())
        .hasMessageContaining("is required");
    assertThatThrownBy(() -> template().set("settings.LIMITS_JOBS", 20).call())
        .hasMessageContaining("LIMITS_JOBS");
    assertThatThrownBy(() -> template().set("store.hosts", "typo").call())
        .hasMessageContaining("hosts");
  }

  @Test
  void the_chart_has_the_version_of_the_hub() throws IOException {
    String version =
        VERSION
            .matcher(Files.readString(Path.of("pom.xml")))
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);
    assertThat(CHART.resolve("Chart.yaml"))
        .content()
        .contains("\nversion: " + version + "\n")
        .contains("appVersion: \"" + version + "\"");
  }
}
