package tf.grid.hub.http.form;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.http.body.MalformedBodyException;
import tf.grid.hub.upload.UploadException.UploadRejectedException;
import tf.grid.hub.upload.UploadForm;

/** The plain fields of a form, in bounds; of two of one name the later one counts. One thread. */
public final class FormFields implements UploadForm.Fields {
  private static final int MOST_BYTES = 64 * 1024;

  private final Map<String, String> values = new HashMap<>();
  private int bytes;

  /**
   * Reads a form that has nothing but such fields, in either way that browsers write forms.
   *
   * @throws MalformedFormException when it is no form, or one that ends early
   * @throws UploadRejectedException when it is too long
   */
  public static FormFields of(IncomingForm form) throws IOException {
    FormFields fields = new FormFields();
    Optional<InputStream> urlEncoded = form.urlEncoded();
    if (urlEncoded.isPresent()) {
      fields.decode(fields.read(urlEncoded.get()));
    }
    for (Optional<FormPart> part = form.next(); part.isPresent(); part = form.next()) {
      fields.take(part.get());
    }
    return fields;
  }

  @Override
  public void take(FormPart field) throws IOException {
    values.put(field.name(), read(field.body()));
  }

  /** The value of a field that is there and not empty. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  private void decode(String form) throws MalformedFormException {
    try {
      values.putAll(UrlEncodedForm.fields(form));
    } catch (MalformedBodyException e) {
      throw new MalformedFormException(e.getMessage());
    }
  }

  private String read(InputStream body) throws IOException {
    byte[] value = body.readNBytes(MOST_BYTES - bytes + 1);
    bytes += value.length;
    if (bytes > MOST_BYTES) {
      throw new UploadRejectedException(
          "the fields of the form have more than " + MOST_BYTES + " bytes");
    }
    return new String(value, StandardCharsets.UTF_8);
  }
}
