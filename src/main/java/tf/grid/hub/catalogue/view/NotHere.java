package tf.grid.hub.catalogue.view;

import tf.grid.hub.catalogue.name.CatalogueRefusal;

/** A page was asked for about something that does not exist; the message is for people. */
public final class NotHere extends CatalogueRefusal {

  private static final long serialVersionUID = 1L;

  private NotHere(String message) {
    super(message);
  }

  /** Says that a link leads to what there is not any more. */
  public static NotHere behind(Object link, Object target) {
    return new NotHere(
        "“" + link + "” leads nowhere: there is no “" + target + "” on this hub any more");
  }

  /** Says what there is not. */
  public static NotHere of(String what, Object name) {
    return new NotHere("there is no " + what + " “" + name + "” here");
  }
}
