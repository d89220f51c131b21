package tf.grid.hub.catalogue.name;

/** A repository was asked for that does not exist, or that cannot exist. */
public final class NoSuchRepository extends CatalogueRefusal {

  private static final long serialVersionUID = 1L;

  /** Says it in the words that clients know. */
  public NoSuchRepository() {
    super("user not found");
  }
}
