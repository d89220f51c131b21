package tf.grid.hub.catalogue;

import tf.grid.hub.catalogue.name.CatalogueRefusal;
import tf.grid.hub.catalogue.name.FlistName;

/** A published flist exists but cannot be read: it is damaged or not accessible. */
public final class FlistUnreadable extends CatalogueRefusal {

  private static final long serialVersionUID = 1L;

  /**
   * Says which one and why.
   *
   * @param name the flist's stored name
   * @param reason what was wrong, for users
   * @param cause the error behind it
   */
  public FlistUnreadable(FlistName name, String reason, Throwable cause) {
    super("tried to read " + name.stored() + " but it is unreadable: " + reason, cause);
  }

  @Override
  public int status() {
    return 500;
  }
}
