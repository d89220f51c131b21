package tf.grid.hub.catalogue;

import tf.grid.hub.catalogue.name.CatalogueRefusal;
import tf.grid.hub.http.file.FileAnswer;

/** What those get who asked for a file that they cannot have: a line of text. Stateless. */
public final class RefusedFile {

  private RefusedFile() {}

  /** Says why, and when to come again if that may help. */
  public static FileAnswer of(CatalogueRefusal refusal) {
    FileAnswer answer = of(refusal.status(), refusal.getMessage());
    return refusal instanceof Busy busy
        ? answer.with("Retry-After", Long.toString(busy.pause().toSeconds()))
        : answer;
  }

  /** Says why. */
  public static FileAnswer of(int status, String message) {
    return FileAnswer.text(status, "text/plain;charset=UTF-8", message + "\n");
  }
}
