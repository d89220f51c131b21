package tf.grid.hub.catalogue.name;

import java.util.Optional;
import tf.grid.hub.catalogue.name.CatalogueException.InvalidNameException;

/**
 * The name of a link to a tag.
 *
 * @param value the name in URLs and on disk
 */
public record TagLinkName(String value) {

  /**
   * Validates the name.
   *
   * @throws InvalidNameException if it is invalid, has the suffix of flists, or is {@code tags}
   */
  public TagLinkName {
    NameRules.check("tag link name", value, value);
    if (value.endsWith(FlistName.SUFFIX)) {
      throw new InvalidNameException("tag link name ends with " + FlistName.SUFFIX);
    }
    if (value.equals("tags")) {
      throw new InvalidNameException("tag link name 'tags' is reserved");
    }
  }

  /** Returns the name for a stored name, if it is valid. */
  public static Optional<TagLinkName> ofStored(String stored) {
    return NameRules.attempt(stored, TagLinkName::new);
  }

  @Override
  public String toString() {
    return value;
  }
}
