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

  /** Sees the other fields of the form. */
  @FunctionalInterface
  public interface Fields {
    /** Sees one, whose body it may read. */
    void take(FormPart field) throws IOException;
  }

  /** Reads a form up to its file, whatever that is called. */
  public static UploadForm withFields(IncomingForm parts, FormFields fields) throws IOException {
    return of(parts, name -> true, fields::take);
  }

  /** Reads a form, of which only the file counts, up to that file. */
  public static UploadForm ofFile(IncomingForm parts, String suffix) throws IOException {
    return of(parts, name -> name.endsWith(suffix), field -> {});
  }

  /**
   * Reads a form up to its file.
   *
   * @param allowed whether a file may have a name
   * @throws UploadRejectedException when there is no such file
   * @throws MalformedFormException when the body is not a form as it should be
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
   * What the flist is to be called.
   *
   * @param originalName what the header {@code X-Original-Name} says
   * @throws tf.grid.hub.catalogue.name.CatalogueException.InvalidNameException when that breaks a
   *     rule
   */
  public FlistName name(Optional<String> originalName) {
    return FlistName.parse(UploadName.of(originalName, fileName));
  }

  /**
   * The same for files that are no archives of trees.
   *
   * @param shortened takes off what such files end with
   */
  public FlistName nameWithout(UnaryOperator<String> shortened, Optional<String> originalName) {
    return FlistName.parse(shortened.apply(UploadName.of(originalName, fileName)));
  }

  /** The file's content; ends to be readable at {@link #finish}. */
  public InputStream file() {
    return file.body();
  }

  /**
   * Reads the rest of the form.
   *
   * @throws MalformedFormException when it ends before it should
   */
  public void finish() throws IOException {
    for (Optional<FormPart> part = parts.next(); part.isPresent(); part = parts.next()) {
      fields.take(part.get());
    }
  }
}
