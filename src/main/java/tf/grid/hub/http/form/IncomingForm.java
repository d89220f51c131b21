package tf.grid.hub.http.form;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** A form that arrives, whichever way it is written. Not thread-safe. */
public final class IncomingForm {
  private static final int MOST_FIRST_BYTES = 1024;
  private static final int SKIPPED_AT_ONCE = 64 * 1024;

  private final String contentType;
  private final InputStream body;
  private final Optional<MultipartReader> parts;
  private Optional<FormPart> unseen = Optional.empty();

  private IncomingForm(String contentType, InputStream body, Optional<MultipartReader> parts) {
    this.contentType = contentType;
    this.body = body;
    this.parts = parts;
  }

  /**
   * A form that nothing was read of.
   *
   * @param contentType the request's header, or null
   * @throws MalformedFormException when it is one that cannot be read
   */
  public static IncomingForm of(String contentType, InputStream body)
      throws MalformedFormException {
    return new IncomingForm(contentType, body, MultipartReader.of(contentType, body));
  }

  /**
   * The field that the form begins with, if it has this name; whoever reads on does not see it.
   * Nothing beyond is read, so that the rest of a form can depend on it.
   *
   * @return at most a kilobyte
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

  /** The next part; empty after the last, and when this is no form of parts. */
  public Optional<FormPart> next() throws IOException {
    Optional<FormPart> next = unseen;
    unseen = Optional.empty();
    return next.isPresent() || parts.isEmpty() ? next : parts.get().next();
  }

  /** The body, if it is a form that has no parts. */
  Optional<InputStream> urlEncoded() {
    boolean is =
        contentType != null
            && contentType.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    return Optional.of(body).filter(stream -> is);
  }

  /**
   * Reads what is left, up to a bound: browsers that still send do not see an answer.
   *
   * @param most bytes to read
   */
  public void skipRest(long most) throws IOException {
    byte[] unread = new byte[SKIPPED_AT_ONCE];
    long left = most;
    for (int count = 0; count >= 0 && left > 0; left -= count) {
      count = body.read(unread);
    }
  }
}
