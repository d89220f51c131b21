package tf.grid.hub.catalogue.change;

import tf.grid.hub.catalogue.name.CatalogueRefusal;

/** A tag, or what it should hold, does not exist. The message is in the words that clients know. */
public final class SourceMissing extends CatalogueRefusal {

  private static final long serialVersionUID = 1L;

  private SourceMissing(String message) {
    super(message);
  }

  /** There is no such repository, nor could there be. */
  public static SourceMissing repository() {
    return new SourceMissing("source repository not found");
  }

  /** There is no such tag. */
  public static SourceMissing tag() {
    return new SourceMissing("source tag not found");
  }

  /** The tag has no such entry. */
  static SourceMissing entry() {
    return new SourceMissing("target not found on this tag");
  }
}
