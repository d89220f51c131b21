package tf.grid.hub.catalogue.quota;

import java.io.IOException;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.problem.Problem;

/** The flist is not published, because its repository would exceed its quota. For users. */
public final class QuotaExceededException extends IOException implements Problem {
  private static final long serialVersionUID = 1;

  private static final int INSUFFICIENT_STORAGE = 507;

  private QuotaExceededException(String message) {
    super(message);
  }

  static QuotaExceededException flists(RepositoryName repository, long has, long most) {
    return of(repository, "already has " + has + " flists, and its quota is " + most);
  }

  /**
   * Too much content.
   *
   * @param has bytes of the other flists of the repository
   * @param more bytes of the new flist
   */
  static QuotaExceededException content(RepositoryName repository, long has, long more, long most) {
    return of(
        repository,
        "has flists with %d bytes of content, the new one has %d bytes, and the quota is %d bytes"
            .formatted(has, more, most));
  }

  private static QuotaExceededException of(RepositoryName repository, String why) {
    return new QuotaExceededException(
        "nothing was published: the repository "
            + repository
            + " "
            + why
            + "; delete flists that are not needed, or ask the operator for a larger quota");
  }

  @Override
  public int status() {
    return INSUFFICIENT_STORAGE;
  }
}
