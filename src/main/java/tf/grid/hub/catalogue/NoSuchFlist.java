package tf.grid.hub.catalogue;

import tf.grid.hub.catalogue.name.CatalogueRefusal;

/** A flist, link or tag was asked for that does not exist, or a link that leads nowhere. */
public final class NoSuchFlist extends CatalogueRefusal {

  private static final long serialVersionUID = 1L;

  /** Says it in the words that clients know. */
  public NoSuchFlist() {
    super("source not found");
  }
}
