package tf.grid.hub.health;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.health.HealthMonitor.CheckResult;
import tf.grid.hub.http.AllowedMethods;

/**
 * Answers {@code /health}, {@code /health/live}, {@code /health/ready} and {@code /health/started}
 * in the JSON format of MicroProfile Health: 200 if up, 503 if down. A filter precedes the servlet
 * that some servers have at these URLs. Thread-safe.
 */
public class HealthFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  private static final String PREFIX = "/health";
  private static final AllowedMethods METHODS = new AllowedMethods(Set.of("GET", "HEAD"));

  /** Looked up for each request, because the server creates filters before the hub starts. */
  @Inject private transient Instance<HealthMonitor> monitor;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    if (!path.equals(PREFIX) && !path.startsWith(PREFIX + "/")) {
      chain.doFilter(request, response);
    } else if (!METHODS.answers(request, response)) {
      answer(path.substring(PREFIX.length()), response);
    }
  }

  private void answer(String kind, HttpServletResponse response) throws IOException {
    switch (kind) {
      case "/live" -> send(List.of(), List.of(), true, response);
      case "/started" -> send(List.of(), List.of(), monitor.get().isStarted(), response);
      case "", "/", "/ready" -> {
        List<CheckResult> results = monitor.get().results();
        boolean up = results.stream().allMatch(CheckResult::isUp);
        send(results, monitor.get().notes(), up, response);
      }
      default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }

  private static void send(
      List<CheckResult> results, List<HealthNote> notes, boolean up, HttpServletResponse response)
      throws IOException {
    JsonArrayBuilder checks = Json.createArrayBuilder();
    results.forEach(result -> checks.add(json(result)));
    notes.forEach(note -> checks.add(json(note.name(), true, note.text().get())));
    JsonObject body =
        Json.createObjectBuilder().add("status", status(up)).add("checks", checks).build();
    byte[] bytes = (body + "\n").getBytes(StandardCharsets.UTF_8);
    response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  private static JsonObjectBuilder json(CheckResult result) {
    return json(result.name(), result.isUp(), result.complaint());
  }

  private static JsonObjectBuilder json(String name, boolean up, Optional<String> complaint) {
    JsonObjectBuilder check =
        Json.createObjectBuilder().add("name", name).add("status", status(up));
    complaint.ifPresent(text -> check.add("data", Json.createObjectBuilder().add("reason", text)));
    return check;
  }

  private static String status(boolean up) {
    return up ? "UP" : "DOWN";
  }
}
