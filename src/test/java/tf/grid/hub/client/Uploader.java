package tf.grid.hub.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends forms and asks questions as scripts do. The client offers to switch to HTTP/2 with every
 * request, as many do.
 */
public final class Uploader {
  private static final String BOUNDARY = "------------------------d74496d66958873e";

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofMinutes(5)).build();
  private final URI base;
  private final List<String> headers;

  /** For the hub at this address. */
  public Uploader(URI base) {
    this(base, List.of());
  }

  private Uploader(URI base, List<String> headers) {
    this.base = base;
    this.headers = headers;
  }

  /** One that sends this header with every request, beside those that this one sends. */
  public Uploader with(String name, String value) {
    List<String> more = new ArrayList<>(headers);
    more.addAll(List.of(name, value));
    return new Uploader(base, more);
  }

  /** The body of a form that is put together part by part. */
  public static final class Form {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final List<String> headers = new ArrayList<>();

    /** A plain field. */
    public Form field(String name, String value) {
      return part("name=\"" + name + "\"", value.getBytes(UTF_8));
    }

    /** A file. */
    public Form file(String name, String fileName, byte[] content) {
      return part("name=\"" + name + "\"; filename=\"" + fileName + "\"", content);
    }

    /** A header of the request. */
    public Form header(String name, String value) {
      headers.addAll(List.of(name, value));
      return this;
    }

    private Form part(String disposition, byte[] content) {
      body.writeBytes(
          ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n")
              .getBytes(UTF_8));
      body.writeBytes(content);
      body.writeBytes("\r\n".getBytes(UTF_8));
      return this;
    }

    private byte[] bytes() {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      whole.writeBytes(body.toByteArray());
      whole.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(UTF_8));
      return whole.toByteArray();
    }
  }

  /** Posts a form to a path. */
  public HttpResponse<String> post(String path, Form form) throws IOException {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(HttpRequest.BodyPublishers.ofByteArray(form.bytes()));
    if (!form.headers.isEmpty()) {
      request.headers(form.headers.toArray(String[]::new));
    }
    return send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Posts an archive in the field {@code file}. */
  public HttpResponse<String> upload(String fileName, byte[] archive) throws IOException {
    return post("/api/flist/me/upload", new Form().file("file", fileName, archive));
  }

  /** Posts a text. */
  public HttpResponse<String> postText(String path, String body) throws IOException {
    return send(
        request(path).POST(HttpRequest.BodyPublishers.ofString(body)),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Puts a body whose length is not told before. */
  public HttpResponse<String> putInChunks(String path, byte[] body) throws IOException {
    return send(
        request(path)
            .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Puts a body of a content type. */
  public HttpResponse<String> put(String path, String contentType, byte[] body) throws IOException {
    return send(
        request(path)
            .header("Content-Type", contentType)
            .PUT(HttpRequest.BodyPublishers.ofByteArray(body)),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Puts a body. */
  public HttpResponse<String> put(String path, byte[] body) throws IOException {
    return send(
        request(path).PUT(HttpRequest.BodyPublishers.ofByteArray(body)),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Sends a request without a body. */
  public HttpResponse<String> send(String method, String path) throws IOException {
    return send(
        request(path).method(method, HttpRequest.BodyPublishers.noBody()),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Asks for text. */
  public HttpResponse<String> get(String path) throws IOException {
    return send(request(path).GET(), HttpResponse.BodyHandlers.ofString());
  }

  /** Asks for bytes. */
  public HttpResponse<byte[]> download(String path) throws IOException {
    return send(request(path).GET(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofMinutes(5));
    return headers.isEmpty() ? request : request.headers(headers.toArray(String[]::new));
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler)
      throws IOException {
    try {
      return client.send(request.build(), handler);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
