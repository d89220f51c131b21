package tf.grid.hub.catalogue.name;

/** A text was given as a name that breaks the rules for names. The message is for users. */
public final class InvalidName extends CatalogueRefusal {

  private static final long serialVersionUID = 1L;

  InvalidName(String message) {
    super(message);
  }

  @Override
  public int status() {
    return 400;
  }
}
