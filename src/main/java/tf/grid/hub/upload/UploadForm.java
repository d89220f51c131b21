package tf.grid.hub.upload;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.http.form.FormFields;
import tf.grid.hub.http.form.FormPart;
import tf.grid.hub.http.form.IncomingForm;
import tf.grid.hub.http.form.MalformedFormException;
import tf.grid.hub.upload.UploadException.UploadRejectedException;

/**
 * The form of an upload, read while it arrives: a file in the field {@code file}, and other fields
 * before and after it. Not thread-safe.
 */
public final class UploadForm {
  private final IncomingForm parts;
  private final Fields fields;
  private final FormPart file;
  private final String fileName;

  private UploadForm(IncomingForm parts, Fields fields, FormPart file, String fileName) {
    this.parts = parts;
    this.fields = fields;
    this.file = file;
    this.fileName = fileName;
  }

  /** Receives the other fields of the form. */
  @FunctionalInterface
  public interface Fields {
    /** Receives a field; may read its body. */
    void take(FormPart field) throws IOException;
  }

  /** Reads a form up to its file, which may have any name. */
  public static UploadForm withFields(IncomingForm parts, FormFields fields) throws IOException {
    return of(parts, name -> true, fields::take);
  }

  /** Reads a form up to its file, ignoring other fields. */
  public static UploadForm ofFile(IncomingForm parts, String suffix) throws IOException {
    return of(parts, name -> name.endsWith(suffix), field -> {});
  }

  /**
   * Reads a form up to its file.
   *
   * @param allowed whether a file name is accepted
   * @throws UploadRejectedException if the form contains no allowed file
   * @throws MalformedFormException if the body is not a valid form
   */
  static UploadForm of(IncomingForm parts, Predicate<String> allowed, Fields fields)
      throws IOException {
    for (Optional<FormPart> part = parts.next(); part.isPresent(); part = parts.next()) {
      FormPart found = part.get();
      if (found.name().equals("file") && found.fileName().isPresent()) {
        return new UploadForm(parts, fields, found, checked(found.fileName().get(), allowed));
      }
      fields.take(found);
    }
    throw new UploadRejectedException("no file found");
  }

  private static String checked(String fileName, Predicate<String> allowed)
      throws UploadRejectedException {
    if (fileName.isEmpty()) {
      throw new UploadRejectedException("no file selected");
    }
    if (!allowed.test(fileName)) {
      throw new UploadRejectedException("this file is not allowed");
    }
    return fileName;
  }

  /**
   * Returns the name for the flist.
   *
   * @param originalName the header {@code X-Original-Name}
   * @throws tf.grid.hub.catalogue.name.CatalogueException.InvalidNameException if the name is
   *     invalid
   */
  public FlistName name(Optional<String> originalName) {
    return FlistName.parse(UploadName.of(originalName, fileName));
  }

  /**
   * Returns the name for other files than archives.
   *
   * @param shortened removes the suffix of such files
   */
  public FlistName nameWithout(UnaryOperator<String> shortened, Optional<String> originalName) {
    return FlistName.parse(shortened.apply(UploadName.of(originalName, fileName)));
  }

  /** The content of the file; readable until {@link #finish}. */
  public InputStream file() {
    return file.body();
  }

  /**
   * Reads the rest of the form.
   *
   * @throws MalformedFormException if the form is truncated
   */
  public void finish() throws IOException {
    for (Optional<FormPart> part = parts.next(); part.isPresent(); part = parts.next()) {
      fields.take(part.get());
    }
  }
}
