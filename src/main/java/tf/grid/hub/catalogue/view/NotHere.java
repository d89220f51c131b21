package tf.grid.hub.catalogue.view;

import tf.grid.hub.catalogue.name.CatalogueRefusal;

/** A page was asked for about something that does not exist; the message is for people. */
public final class NotHere extends CatalogueRefusal {

  private static final long serialVersionUID = 1L;

  private NotHere(String message) {
    super(message);
  }

  /** Says what there is not. */
  public static NotHere of(String what, Object name) {
    return new NotHere("there is no " + what + " “" + name + "” here");
  }
}
