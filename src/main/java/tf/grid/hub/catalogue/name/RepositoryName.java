package tf.grid.hub.catalogue.name;

import java.util.Optional;
import tf.grid.hub.catalogue.name.CatalogueException.InvalidNameException;
import tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException;

/**
 * The name of a repository, which is that of the user who owns it: a valid directory name that does
 * not hide a part of the site.
 *
 * @param value the name, as in URLs and on disk
 */
public record RepositoryName(String value) implements Comparable<RepositoryName> {

  /**
   * Checks the name.
   *
   * @throws InvalidNameException if it breaks a rule
   */
  public RepositoryName {
    NameRules.check("repository name", value, value);
    if (ReservedWords.contains(value)) {
      throw new InvalidNameException("repository name '" + value + "' is reserved");
    }
  }

  /**
   * The name that a request gives.
   *
   * @throws RepositoryNotFoundException if no repository can have this name because it leads
   *     elsewhere or is reserved
   * @throws InvalidNameException if it breaks another rule
   */
  public static RepositoryName requested(String text) {
    boolean elsewhere = text.equals(".") || text.equals("..") || text.indexOf('/') >= 0;
    if (elsewhere || ReservedWords.contains(text)) {
      throw new RepositoryNotFoundException();
    }
    return new RepositoryName(text);
  }

  /** The name of a repository that has this name on disk, if it can be one. */
  public static Optional<RepositoryName> ofStored(String stored) {
    return NameRules.attempt(stored, RepositoryName::new);
  }

  @Override
  public int compareTo(RepositoryName other) {
    return CodePointOrder.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
