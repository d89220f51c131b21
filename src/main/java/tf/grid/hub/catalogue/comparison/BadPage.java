package tf.grid.hub.catalogue.comparison;

import tf.grid.hub.catalogue.name.CatalogueRefusal;

/** A page was asked for that cannot be: the limit or the cursor is not usable. */
public final class BadPage extends CatalogueRefusal {

  private static final long serialVersionUID = 1L;

  BadPage(String message) {
    super(message);
  }

  @Override
  public int status() {
    return 400;
  }
}
