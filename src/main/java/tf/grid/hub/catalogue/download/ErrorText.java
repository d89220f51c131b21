package tf.grid.hub.catalogue.download;

import tf.grid.hub.http.file.FileAnswer;
import tf.grid.hub.problem.Problem;

/** The answer to a request for a file that cannot be sent: a line of text. */
public final class ErrorText {

  private ErrorText() {}

  /** Gives the reason, and the pause before a retry if that may succeed. */
  public static FileAnswer of(Problem problem) {
    FileAnswer answer = of(problem.status(), problem.publicMessage());
    return problem
        .retryAfter()
        .map(pause -> answer.with("Retry-After", Long.toString(pause.toSeconds())))
        .orElse(answer);
  }

  /** A response of plain text with this reason. */
  public static FileAnswer of(int status, String message) {
    return FileAnswer.text(status, "text/plain;charset=UTF-8", message + "\n");
  }
}
