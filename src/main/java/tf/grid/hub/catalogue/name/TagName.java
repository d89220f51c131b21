package tf.grid.hub.catalogue.name;

import java.util.Optional;
import tf.grid.hub.catalogue.name.CatalogueException.InvalidNameException;

/**
 * The name of a tag, which is a named set of links.
 *
 * @param value the name in URLs, without the prefix on disk
 */
public record TagName(String value) {

  /** The prefix of a tag's directory. */
  public static final String PREFIX = ".tag-";

  /**
   * Validates the name.
   *
   * @throws InvalidNameException if it is invalid
   */
  public TagName {
    NameRules.check("tag name", value, PREFIX + value);
  }

  /** Returns the tag for the name of a directory, if it is valid. */
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
