package tf.grid.hub.catalogue.change;

import java.util.Optional;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.TagLinkName;

/**
 * A name in a request: a flist or link, or, if neither exists, a link to a tag.
 *
 * @param flist the name with its suffix
 * @param tagLink the name as given; empty if only a flist can have it
 */
public record EntryName(FlistName flist, Optional<TagLinkName> tagLink) {

  /**
   * Parses a name.
   *
   * @throws tf.grid.hub.catalogue.name.CatalogueException.InvalidNameException if it is invalid
   */
  public static EntryName parse(String text) {
    return new EntryName(FlistName.parse(text), TagLinkName.ofStored(text));
  }
}
