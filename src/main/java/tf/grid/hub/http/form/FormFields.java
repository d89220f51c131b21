package tf.grid.hub.http.form;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.http.body.BodyException.MalformedBodyException;

/**
 * The plain fields of a form, at most 64 KiB in total. Of several fields with the same name, the
 * last one is used. Not thread-safe.
 */
public final class FormFields {
  private static final int MOST_BYTES = 64 * 1024;

  private final Map<String, String> values = new HashMap<>();
  private int bytes;

  /**
   * Reads a form that consists of plain fields, multipart or URL-encoded.
   *
   * @throws MalformedBodyException if the form is malformed, truncated or too long
   */
  public static FormFields of(IncomingForm form) throws IOException {
    FormFields fields = new FormFields();
    Optional<InputStream> urlEncoded = form.urlEncoded();
    if (urlEncoded.isPresent()) {
      fields.values.putAll(UrlEncodedForm.fields(fields.read(urlEncoded.get())));
    }
    for (Optional<FormPart> part = form.next(); part.isPresent(); part = form.next()) {
      fields.take(part.get());
    }
    return fields;
  }

  /**
   * Reads one field of a form.
   *
   * @throws MalformedBodyException if the fields are too long in total
   */
  public void take(FormPart field) throws IOException {
    values.put(field.name(), read(field.body()));
  }

  /** The value of a field; empty if the field is absent or has no text. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  private String read(InputStream body) throws IOException {
    byte[] value = body.readNBytes(MOST_BYTES - bytes + 1);
    bytes += value.length;
    if (bytes > MOST_BYTES) {
      throw new MalformedBodyException(
          "the fields of the form have more than " + MOST_BYTES + " bytes");
    }
    return new String(value, StandardCharsets.UTF_8);
  }
}
