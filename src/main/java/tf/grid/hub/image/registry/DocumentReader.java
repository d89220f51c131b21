package tf.grid.hub.image.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import tf.grid.hub.image.PullException.MalformedImageException;
import tf.grid.hub.image.PullException.SourceUnreachableException;
import tf.grid.hub.image.http.HttpReply;
import tf.grid.hub.image.http.Origin;
import tf.grid.hub.image.registry.RegistryErrors.HtmlPage;

/** Reads responses of limited size into memory, from registries and token servers. */
final class DocumentReader {

  private static final long MAX_NANOS = Duration.ofMinutes(2).toNanos();
  private static final int LENGTH = 8 << 10;

  private DocumentReader() {}

  /**
   * Reads a whole body.
   *
   * @param from the sender, for messages
   * @param most limit in bytes
   * @param what is read, for messages
   * @throws MalformedImageException if it is longer than the limit, or is a web page
   */
  static byte[] read(HttpReply reply, Origin from, int most, String what) throws IOException {
    byte[] content = content(reply, from, most, what);
    if (HtmlPage.isContent(content)) {
      throw HtmlPage.instead(reply, from, what);
    }
    return content;
  }

  private static byte[] content(HttpReply reply, Origin from, int most, String what)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[LENGTH];
    long start = System.nanoTime();
    for (int n = reply.read(buffer, 0, LENGTH); n >= 0; n = reply.read(buffer, 0, LENGTH)) {
      if (bytes.size() + n > most) {
        if (HtmlPage.isAnnounced(reply)) {
          throw HtmlPage.instead(reply, from, what);
        }
        throw new MalformedImageException(what + " has more than " + most + " bytes");
      }
      if (System.nanoTime() - start > MAX_NANOS) {
        throw new SourceUnreachableException(what + " comes too slowly");
      }
      bytes.write(buffer, 0, n);
    }
    return bytes.toByteArray();
  }
}
