package tf.grid.hub.image.convert;

/** A form asks for a conversion in a way that cannot be done; nothing was fetched. */
public final class ConversionRefused extends Exception {
  private static final long serialVersionUID = 1;

  ConversionRefused(String message) {
    super(message);
  }

  ConversionRefused(IllegalArgumentException cause) {
    super(cause.getMessage(), cause);
  }
}
