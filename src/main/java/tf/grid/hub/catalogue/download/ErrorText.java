package tf.grid.hub.catalogue.download;

import tf.grid.hub.catalogue.name.CatalogueException;
import tf.grid.hub.catalogue.name.CatalogueException.CatalogueBusyException;
import tf.grid.hub.http.file.FileAnswer;

/** What those get who asked for a file that they cannot have: a line of text. Stateless. */
public final class ErrorText {

  private ErrorText() {}

  /** Says why, and when to come again if that may help. */
  public static FileAnswer of(CatalogueException refusal) {
    FileAnswer answer = of(refusal.status(), refusal.getMessage());
    return refusal instanceof CatalogueBusyException busy
        ? answer.with("Retry-After", Long.toString(busy.pause().toSeconds()))
        : answer;
  }

  /** Says why. */
  public static FileAnswer of(int status, String message) {
    return FileAnswer.text(status, "text/plain;charset=UTF-8", message + "\n");
  }
}
