package tf.grid.hub.http.form;

import java.io.InputStream;
import tf.grid.hub.http.body.BodyException.MalformedBodyException;
import tf.grid.hub.http.body.RequestBody;
import tf.grid.hub.limit.Ticker;

/** Receives forms that contain files, up to a size limit. Thread-safe. */
public final class IncomingForms {
  private final long maxBytes;
  private final Ticker ticker;

  /**
   * Receives forms up to this size.
   *
   * @param maxBytes limit of the whole body, in bytes; reading beyond it throws {@link
   *     tf.grid.hub.http.body.BodyException.BodyTooLargeException}
   */
  public IncomingForms(long maxBytes, Ticker ticker) {
    this.maxBytes = maxBytes;
    this.ticker = ticker;
  }

  /**
   * Starts to read the form in the body of a request.
   *
   * @param contentType the {@code Content-Type} header, or null
   * @throws MalformedBodyException if it is a multipart form without a usable boundary
   */
  public IncomingForm receive(String contentType, InputStream body) throws MalformedBodyException {
    return IncomingForm.of(contentType, new RequestBody(body, maxBytes, ticker));
  }
}
