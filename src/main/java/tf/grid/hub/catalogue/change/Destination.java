package tf.grid.hub.catalogue.change;

import tf.grid.hub.catalogue.OpenRepository;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.name.CatalogueException.LinkConflictException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.TagLinkName;

/** Checks whether a name may be used for a new item. */
final class Destination {

  private Destination() {}

  /** A flist or link may replace a flist or link. */
  static void forRenamed(OpenRepository repository, FlistName name) {
    if (repository.at(name.stored()).filter(StoredItem.Directory.class::isInstance).isPresent()) {
      throw LinkConflictException.withFile();
    }
  }

  /** A link may replace a link, but not a flist. */
  static void forLink(OpenRepository repository, FlistName name) {
    refuseUnlessLink(repository, name.stored());
  }

  /** A link to a tag may replace a link, and must not have the name of a flist. */
  static void forTagLink(OpenRepository repository, TagLinkName name) {
    if (repository.at(name.value() + FlistName.SUFFIX).isPresent()) {
      throw LinkConflictException.withFlist();
    }
    refuseUnlessLink(repository, name.value());
  }

  private static void refuseUnlessLink(OpenRepository repository, String name) {
    if (repository.at(name).filter(item -> !(item instanceof StoredItem.Link)).isPresent()) {
      throw LinkConflictException.withFile();
    }
  }
}
