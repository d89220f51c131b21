package tf.grid.hub.http.form;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import tf.grid.hub.http.body.BodyException.MalformedBodyException;
import tf.grid.hub.http.body.RequestBody;
import tf.grid.hub.limit.queue.Arrival;
import tf.grid.hub.problem.PrintableText;

/** A form in a request body, multipart or URL-encoded, read while it arrives. Not thread-safe. */
public final class IncomingForm {
  private static final int MOST_FIRST_BYTES = 1024;
  private static final int SKIPPED_AT_ONCE = 64 * 1024;
  private static final int SHOWN_CONTENT_TYPE = 100;

  private final String contentType;
  private final RequestBody body;
  private final Optional<MultipartReader> parts;
  private Optional<FormPart> unseen = Optional.empty();

  private IncomingForm(String contentType, RequestBody body, Optional<MultipartReader> parts) {
    this.contentType = contentType;
    this.body = body;
    this.parts = parts;
  }

  /**
   * Creates a form without reading from the body.
   *
   * @param contentType the {@code Content-Type} header, or null
   * @throws MalformedBodyException if it is a multipart form without a usable boundary
   */
  public static IncomingForm of(String contentType, RequestBody body)
      throws MalformedBodyException {
    return new IncomingForm(contentType, body, MultipartReader.of(contentType, body));
  }

  /**
   * Reads the first field of the form if it has this name; {@link #next} then skips it. Nothing
   * after it is read, so the caller can decide how to read the rest.
   *
   * @return the value, at most 1 KiB
   */
  public Optional<String> first(String name) throws IOException {
    unseen = next();
    if (unseen.isEmpty() || !isField(unseen.get(), name)) {
      return Optional.empty();
    }
    byte[] value = unseen.get().body().readNBytes(MOST_FIRST_BYTES);
    unseen = Optional.empty();
    return Optional.of(new String(value, StandardCharsets.UTF_8));
  }

  private static boolean isField(FormPart part, String name) {
    return part.name().equals(name) && part.fileName().isEmpty();
  }

  /** Returns the next part; empty after the last, and if this is not a multipart form. */
  public Optional<FormPart> next() throws IOException {
    Optional<FormPart> next = unseen;
    unseen = Optional.empty();
    return next.isPresent() || parts.isEmpty() ? next : parts.get().next();
  }

  /** The body, for work that waits for it. */
  public Arrival arrival() {
    return body;
  }

  /** For a message about a missing file: whether the body has a type that contains none. */
  String whyNoForm() {
    return parts.isPresent() || contentType == null
        ? ""
        : ": the content type of the form must be multipart/form-data, and not "
            + PrintableText.shortened(
                contentType.getBytes(StandardCharsets.UTF_8), SHOWN_CONTENT_TYPE);
  }

  /** The body, if it is a URL-encoded form. */
  Optional<InputStream> urlEncoded() {
    boolean is =
        contentType != null
            && contentType.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    return Optional.<InputStream>of(body).filter(stream -> is);
  }

  /**
   * Reads the rest of the form up to a limit. Browsers do not read the response while they are
   * sending.
   *
   * @param most maximum number of bytes to read
   */
  public void skipRest(long most) throws IOException {
    byte[] unread = new byte[SKIPPED_AT_ONCE];
    long left = most;
    for (int count = 0; count >= 0 && left > 0; left -= count) {
      count = body.read(unread);
    }
  }
}
