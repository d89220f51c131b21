package tf.grid.hub.catalogue.name;

import java.util.Optional;
import tf.grid.hub.catalogue.name.CatalogueException.InvalidNameException;

/**
 * The name of a tag: a set of links under one name.
 *
 * @param value the name as in URLs, without the prefix that it has on disk
 */
public record TagName(String value) {

  /** What the name of a tag's directory begins with. */
  public static final String PREFIX = ".tag-";

  /**
   * Checks the name.
   *
   * @throws InvalidNameException if it breaks a rule
   */
  public TagName {
    NameRules.check("tag name", value, PREFIX + value);
  }

  /** The name of the tag whose directory has this name, if it can be one. */
  public static Optional<TagName> ofStored(String stored) {
    return stored.startsWith(PREFIX)
        ? NameRules.attempt(stored.substring(PREFIX.length()), TagName::new)
        : Optional.empty();
  }

  /** The name of the tag's directory. */
  public String stored() {
    return PREFIX + value;
  }

  @Override
  public String toString() {
    return value;
  }
}
