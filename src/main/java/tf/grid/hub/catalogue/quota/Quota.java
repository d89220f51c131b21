package tf.grid.hub.catalogue.quota;

import java.util.OptionalLong;

/**
 * How much a repository may have.
 *
 * @param flists number of flists; empty for any number
 * @param contentBytes sum of the sizes of all files of all flists; empty for any sum
 */
public record Quota(OptionalLong flists, OptionalLong contentBytes) {
  /** No limits. */
  public static final Quota NONE = new Quota(OptionalLong.empty(), OptionalLong.empty());

  /** Whether there is any limit. */
  public boolean isLimited() {
    return flists.isPresent() || contentBytes.isPresent();
  }
}
