package tf.grid.hub.it.signin;

import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * As much of a browser as signing in takes: it keeps the cookies of each site, follows redirects
 * only when told to, and sends forms back with the fields that the page put in. For one thread.
 */
final class Browser {
  private static final Pattern INPUT = Pattern.compile("<input [^>]*>");

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private URI home;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  /** Takes the site whose relative addresses it understands. */
  Browser(URI home) {
    this.home = home;
  }

  /** Goes on at another hub of the same site, as behind a balancer, with the same cookies. */
  void moveTo(URI hub) {
    Map<String, String> moved = new LinkedHashMap<>();
    cookies.forEach(
        (name, value) -> moved.put(name.replace(home.getAuthority(), hub.getAuthority()), value));
    cookies.clear();
    cookies.putAll(moved);
    home = hub;
  }

  HttpResponse<String> get(String address) throws IOException {
    return send(request(address).GET());
  }

  HttpResponse<String> get(String address, Map<String, String> headers) throws IOException {
    HttpRequest.Builder request = request(address).GET();
    headers.forEach(request::header);
    return send(request);
  }

  static Optional<String> location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location");
  }

  /** Sends a form of a page, with values in place of those that the page has. */
  HttpResponse<String> submit(HttpResponse<String> page, String id, Map<String, String> values)
      throws IOException {
    String form = form(page.body(), id);
    Map<String, String> fields = fields(form);
    fields.putAll(values);
    return post(attribute(form, "action").orElseThrow().replace("&amp;", "&"), fields, Map.of());
  }

  /** The markup of a form. */
  static String form(String page, String id) {
    int start = page.indexOf("<form id=\"" + id + "\"");
    if (start < 0) {
      throw new AssertionError("no form " + id + " in " + page);
    }
    return page.substring(start, page.indexOf("</form>", start));
  }

  HttpResponse<String> post(String address, Map<String, String> fields, Map<String, String> headers)
      throws IOException {
    String body =
        fields.entrySet().stream()
            .map(field -> escaped(field.getKey()) + "=" + escaped(field.getValue()))
            .collect(Collectors.joining("&"));
    HttpRequest.Builder request =
        request(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return send(request);
  }

  /**
   * Names and values of the inputs of a form, the submitting one included; boxes are not ticked.
   */
  static Map<String, String> fields(String page) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher inputs = INPUT.matcher(page);
    while (inputs.find()) {
      attribute(inputs.group(), "name")
          .filter(name -> !inputs.group().contains("type=\"checkbox\""))
          .ifPresent(name -> fields.put(name, attribute(inputs.group(), "value").orElse("")));
    }
    return fields;
  }

  private static Optional<String> attribute(String tag, String name) {
    Matcher matcher = Pattern.compile(" " + name + "=\"([^\"]*)\"").matcher(tag);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** The value of a cookie of the hub. */
  Optional<String> cookie(String name) {
    return Optional.ofNullable(cookies.get(home.getAuthority() + " " + name));
  }

  void setCookie(String name, String value) {
    cookies.put(home.getAuthority() + " " + name, value);
  }

  private HttpRequest.Builder request(String address) {
    URI uri = home.resolve(address);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofMinutes(5))
            .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    String sent =
        cookies.entrySet().stream()
            .filter(cookie -> cookie.getKey().startsWith(uri.getAuthority() + " "))
            .map(cookie -> cookie.getKey().split(" ", -1)[1] + "=" + cookie.getValue())
            .collect(Collectors.joining("; "));
    if (!sent.isEmpty()) {
      request.header("Cookie", sent);
    }
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      for (String header : answer.headers().allValues("Set-Cookie")) {
        for (HttpCookie cookie : HttpCookie.parse(header)) {
          String name = answer.uri().getAuthority() + " " + cookie.getName();
          if (cookie.getMaxAge() == 0) {
            cookies.remove(name);
          } else {
            cookies.put(name, cookie.getValue());
          }
        }
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
