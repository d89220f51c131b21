package tf.grid.hub.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tf.grid.hub.RunningHub;

/** The description of the REST API that the server serves, against the resources themselves. */
class OpenApiIT {

  /** What OpenAPI has no word for. */
  private static final Set<String> NOT_IN_OPENAPI = Set.of("INFO", "OPTIONS");

  /** An address that only says that there is nothing under it. */
  private static final String NEVER_FOUND = "/api/flist/me/{name}/{view}";

  private static JsonObject description;

  @BeforeAll
  static void fetch() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(RunningHub.shared().uri("/openapi"))
            .header("Accept", "application/json")
            .build();
    HttpResponse<InputStream> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    try (JsonReader reader = Json.createReader(answer.body())) {
      description = reader.readObject();
    }
  }

  @Test
  void every_method_of_every_resource_is_described_and_nothing_else() {
    Set<String> described =
        description.getJsonObject("paths").entrySet().stream()
            .flatMap(
                path ->
                    operations(path.getValue().asJsonObject())
                        .map(verb -> verb + " " + path.getKey()))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(described).isEqualTo(offered());
  }

  @Test
  void every_operation_says_what_it_is_for_and_what_may_be_answered() {
    description.getJsonObject("paths").values().stream()
        .map(JsonValue::asJsonObject)
        .flatMap(
            path -> operations(path).map(verb -> path.getJsonObject(verb.toLowerCase(Locale.ROOT))))
        .forEach(
            operation -> {
              assertThat(operation.getString("summary")).isNotBlank();
              assertThat(operation.getJsonArray("tags")).hasSize(1);
              assertThat(operation.getJsonObject("responses")).isNotEmpty();
            });
  }

  @Test
  void what_changes_something_asks_for_a_token() {
    description
        .getJsonObject("paths")
        .forEach(
            (path, operations) -> {
              if (path.startsWith("/api/flist/me")) {
                operations(operations.asJsonObject())
                    .map(
                        verb ->
                            operations.asJsonObject().getJsonObject(verb.toLowerCase(Locale.ROOT)))
                    .forEach(operation -> assertThat(operation).as(path).containsKey("security"));
              }
            });
  }

  private static Stream<String> operations(JsonObject path) {
    return Stream.of("GET", "HEAD", "PUT", "POST", "DELETE")
        .filter(verb -> path.containsKey(verb.toLowerCase(Locale.ROOT)));
  }

  /** What the resources offer, as {@code PUT /api/flist/me/{name}}. */
  private static Set<String> offered() {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("tf.grid.hub")
            .stream()
            .filter(type -> type.isAnnotatedWith(Path.class))
            .map(JavaClass::reflect)
            .flatMap(OpenApiIT::offeredBy)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> offeredBy(Class<?> resource) {
    String prefix = "/api/" + resource.getAnnotation(Path.class).value();
    return Arrays.stream(resource.getMethods())
        .flatMap(
            method ->
                verbs(method)
                    .map(
                        verb -> Map.entry(verb, address(prefix, method.getAnnotation(Path.class)))))
        .filter(entry -> !isLeftOut(entry.getValue()))
        .map(entry -> entry.getKey() + " " + entry.getValue());
  }

  private static Stream<String> verbs(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(Annotation::annotationType)
        .map(type -> type.getAnnotation(HttpMethod.class))
        .filter(verb -> verb != null && !NOT_IN_OPENAPI.contains(verb.value()))
        .map(HttpMethod::value);
  }

  private static String address(String prefix, Path path) {
    String whole = path == null ? prefix : prefix + "/" + path.value();
    return whole
        .replaceAll("\\{\\s*(\\w+)\\s*:[^{}]*(\\{[^{}]*}[^{}]*)*}", "{$1}")
        .replaceAll("/{2,}", "/")
        .replaceAll("/$", "");
  }

  private static boolean isLeftOut(String address) {
    return address.equals(NEVER_FOUND);
  }
}
