package tf.grid.hub.site.asset;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.http.BasePath;
import tf.grid.hub.http.json.JsonBody;

/**
 * The description of the REST API in OpenAPI, as it is written (YAML) and as JSON, with the base
 * path of this hub as its server. Thread-safe.
 */
@SingletonBean
public class ApiDescription {

  private static final String FILE = "/META-INF/openapi.yaml";

  private final BasePath base;
  private volatile Forms forms;

  @Inject
  public ApiDescription(BasePath base) {
    this.base = base;
  }

  byte[] yaml() {
    return forms().yaml().getBytes(StandardCharsets.UTF_8);
  }

  JsonBody json() {
    return forms().json();
  }

  /** Converted when it is first needed, which most hubs never do. */
  private Forms forms() {
    Forms known = forms;
    if (known == null) {
      String text =
          read()
              .replaceFirst(" url: /\n", Matcher.quoteReplacement(" url: " + base.url("/") + "\n"));
      known = new Forms(text, json(text));
      forms = known;
    }
    return known;
  }

  private static String read() {
    try (InputStream file = ApiDescription.class.getResourceAsStream(FILE)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonBody json(String yaml) {
    Object parsed = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    Map<String, Object> document = new LinkedHashMap<>();
    ((Map<?, ?>) parsed).forEach((name, value) -> document.put(name.toString(), value));
    JsonObject json = Json.createObjectBuilder(document).build();
    return JsonBody.of(generator -> generator.write(json));
  }

  private record Forms(String yaml, JsonBody json) {}
}
