package tf.grid.hub.access;

/** A request that its sender may not make; the subtypes say why, the message is for the client. */
public abstract sealed class AccessRefused extends RuntimeException
    permits NotSignedIn,
        ScopeTooNarrow,
        AccountNotGranted,
        ReadOnlyMode,
        ForeignRequest,
        StaleForm {
  private static final long serialVersionUID = 1;

  AccessRefused(String message) {
    super(message, null, false, false);
  }
}
