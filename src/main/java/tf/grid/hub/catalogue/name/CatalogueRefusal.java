package tf.grid.hub.catalogue.name;

/** A request that the catalogue cannot grant. The message is for users. */
public abstract class CatalogueRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says why. */
  protected CatalogueRefusal(String message) {
    super(message);
  }

  /** Says why, with the error behind it for the log. */
  protected CatalogueRefusal(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The status of HTTP under which it is told: 404 for what is not there, unless the kind of
   * refusal says otherwise.
   */
  public int status() {
    return 404;
  }
}
