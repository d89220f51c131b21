package tf.grid.hub.client.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.client.remote.WholeStream;
import tf.grid.hub.image.http.HttpReply;
import tf.grid.hub.image.http.Interruption;

/** A response that the JDK has received. Not thread-safe. */
final class RegistryReply implements HttpReply {
  private static final int FIRST_ERROR = 400;

  private final HttpURLConnection connection;
  private final int status;
  private final InputStream body;
  private boolean ended;

  RegistryReply(HttpURLConnection connection, int status) throws IOException {
    this.connection = connection;
    this.status = status;
    InputStream content =
        status < FIRST_ERROR ? connection.getInputStream() : connection.getErrorStream();
    this.body = WholeStream.of(connection, content);
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(connection.getHeaderField(name));
  }

  @Override
  public String[] headers(String name) {
    return connection.getHeaderFields().entrySet().stream()
        .filter(header -> name.equalsIgnoreCase(header.getKey()))
        .map(Map.Entry::getValue)
        .flatMap(List::stream)
        .toArray(String[]::new);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      int count = body.read(into, offset, length);
      ended |= count < 0;
      return count;
    } catch (IOException e) {
      throw Interruption.or(e, "the connection broke");
    }
  }

  /** Only a connection whose body was read to its end is used again. */
  @Override
  public void close() {
    if (!ended) {
      connection.disconnect();
    }
  }
}
