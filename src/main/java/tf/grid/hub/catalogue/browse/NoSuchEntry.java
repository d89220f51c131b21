package tf.grid.hub.catalogue.browse;

import tf.grid.hub.catalogue.name.CatalogueRefusal;
import tf.grid.hub.flist.FlistPath;

/** A flist has no directory, or no regular file, of a path. */
public final class NoSuchEntry extends CatalogueRefusal {

  private static final long serialVersionUID = 1L;

  NoSuchEntry(FlistPath path) {
    super("the flist has no /" + path);
  }
}
