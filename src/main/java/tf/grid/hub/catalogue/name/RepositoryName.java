package tf.grid.hub.catalogue.name;

import java.util.Optional;
import tf.grid.hub.catalogue.name.CatalogueException.InvalidNameException;
import tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException;

/**
 * The name of a repository, which is also the name of its owner: a valid directory name that is not
 * a reserved word of the site.
 *
 * @param value the name in URLs and on disk
 */
public record RepositoryName(String value) implements Comparable<RepositoryName> {

  /**
   * Validates the name.
   *
   * @throws InvalidNameException if it is invalid
   */
  public RepositoryName {
    NameRules.check("repository name", value, value);
    if (ReservedWords.contains(value)) {
      throw new InvalidNameException("repository name '" + value + "' is reserved");
    }
  }

  /**
   * Parses the name in a request.
   *
   * @throws RepositoryNotFoundException if the name is reserved or contains path components
   * @throws InvalidNameException if it is invalid for another reason
   */
  public static RepositoryName requested(String text) {
    boolean elsewhere = text.equals(".") || text.equals("..") || text.indexOf('/') >= 0;
    if (elsewhere || ReservedWords.contains(text)) {
      throw new RepositoryNotFoundException();
    }
    return new RepositoryName(text);
  }

  /** Returns the name for a stored name, if it is valid. */
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
