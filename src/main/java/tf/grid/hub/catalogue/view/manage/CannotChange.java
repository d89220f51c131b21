package tf.grid.hub.catalogue.view.manage;

import tf.grid.hub.catalogue.name.CatalogueRefusal;
import tf.grid.hub.catalogue.name.RepositoryName;

/** A page cannot change what its form is about; the message is for people. */
public final class CannotChange extends CatalogueRefusal {

  private static final long serialVersionUID = 1L;

  private CannotChange(String message) {
    super(message);
  }

  /** It belongs to another account than the one that the visitor acts for. */
  static CannotChange ofAnother(RepositoryName repository, RepositoryName own) {
    return new CannotChange(
        "only %s can change this, and you act for %s".formatted(repository, own));
  }

  /** Its name stands for a flist as well, which changes would be about. */
  static CannotChange hidden(String name) {
    return new CannotChange(
        "there is a flist “%s.flist” as well: rename or delete that first".formatted(name));
  }
}
