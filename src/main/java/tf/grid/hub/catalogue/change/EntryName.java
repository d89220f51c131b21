package tf.grid.hub.catalogue.change;

import java.util.Optional;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.TagLinkName;

/**
 * What a name in a request may stand for: a flist or a link to one, and where there is none, a link
 * to a tag.
 *
 * @param flist the name with its suffix
 * @param tagLink the name as it is, unless only flists have such
 */
public record EntryName(FlistName flist, Optional<TagLinkName> tagLink) {

  /**
   * Reads a name.
   *
   * @throws tf.grid.hub.catalogue.name.CatalogueException.InvalidNameException if it breaks a rule
   */
  public static EntryName parse(String text) {
    return new EntryName(FlistName.parse(text), TagLinkName.ofStored(text));
  }
}
