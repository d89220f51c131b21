package tf.grid.hub.http.form;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Predicate;
import tf.grid.hub.http.body.BodyException.MalformedBodyException;
import tf.grid.hub.http.body.BodyException.MissingFileException;

/**
 * A form with a file, read while it arrives: a file in the field {@code file}, and other fields
 * before and after it. Not thread-safe.
 */
public final class FileForm {
  private final IncomingForm parts;
  private final Fields fields;
  private final FormPart file;
  private final String fileName;

  private FileForm(IncomingForm parts, Fields fields, FormPart file, String fileName) {
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
  public static FileForm withFields(IncomingForm parts, FormFields fields) throws IOException {
    return of(parts, name -> true, fields::take);
  }

  /** Reads a form up to its file, ignoring other fields. */
  public static FileForm ofFile(IncomingForm parts, String suffix) throws IOException {
    return of(parts, name -> name.endsWith(suffix), field -> {});
  }

  /**
   * Reads a form up to its file.
   *
   * @param allowed whether a file name is accepted
   * @throws MissingFileException if the form contains no allowed file
   * @throws MalformedBodyException if the body is not a valid form
   */
  public static FileForm of(IncomingForm parts, Predicate<String> allowed, Fields fields)
      throws IOException {
    for (Optional<FormPart> part = parts.next(); part.isPresent(); part = parts.next()) {
      FormPart found = part.get();
      if (found.name().equals("file") && found.fileName().isPresent()) {
        return new FileForm(parts, fields, found, checked(found.fileName().get(), allowed));
      }
      fields.take(found);
    }
    throw new MissingFileException("no file found" + parts.whyNoForm());
  }

  private static String checked(String fileName, Predicate<String> allowed)
      throws MissingFileException {
    if (fileName.isEmpty()) {
      throw new MissingFileException("no file selected");
    }
    if (!allowed.test(fileName)) {
      throw new MissingFileException("this file is not allowed");
    }
    return fileName;
  }

  /** The name of the file as the client sent it, not empty. */
  public String fileName() {
    return fileName;
  }

  /** The content of the file; readable until {@link #finish}. */
  public InputStream file() {
    return file.body();
  }

  /**
   * Reads the rest of the form.
   *
   * @throws MalformedBodyException if the form is truncated
   */
  public void finish() throws IOException {
    for (Optional<FormPart> part = parts.next(); part.isPresent(); part = parts.next()) {
      fields.take(part.get());
    }
  }
}
