package tf.grid.hub.catalogue.name;

import java.util.Optional;
import tf.grid.hub.catalogue.name.CatalogueException.InvalidNameException;

/**
 * The name of a link to a tag.
 *
 * @param value the name, as in URLs and on disk
 */
public record TagLinkName(String value) {

  /**
   * Checks the name.
   *
   * @throws InvalidNameException if it breaks a rule, looks like a flist or hides the tags of its
   *     repository
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

  /** The name of a link to a tag that has this name on disk, if it can be one. */
  public static Optional<TagLinkName> ofStored(String stored) {
    return NameRules.attempt(stored, TagLinkName::new);
  }

  @Override
  public String toString() {
    return value;
  }
}
