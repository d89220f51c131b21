package tf.grid.hub.catalogue.change;

import tf.grid.hub.catalogue.name.CatalogueRefusal;

/** A link cannot have the name that it was to get. The message is for users. */
public final class LinkConflict extends CatalogueRefusal {

  private static final long serialVersionUID = 1L;

  private LinkConflict(String message) {
    super(message);
  }

  /** Only a link may be replaced by a link. */
  static LinkConflict withFile() {
    return new LinkConflict("link destination is already a file");
  }

  /** The name would hide behind that of a flist. */
  static LinkConflict withFlist() {
    return new LinkConflict("there is a .flist file with the same name existing already");
  }

  /** The name is one of a flist. */
  static LinkConflict suffix() {
    return new LinkConflict("tag symlink cannot ends with .flist");
  }

  /** What the link is to lead to leads back to the link. */
  static LinkConflict circle() {
    return new LinkConflict("link would lead to itself");
  }

  /** Clients know by it that a link cannot be made. */
  @Override
  public int status() {
    return 401;
  }
}
