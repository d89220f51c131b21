package tf.grid.hub.gateway.command;

/**
 * Decides who may store chunks. Called from the gateway's worker threads, any number at once; may
 * block. It compares in constant time and never lets a token reach a log.
 */
@FunctionalInterface
public interface WriterAuthenticator {

  /** Whether the bearer of a hub token may write now; false for anything that is not a token. */
  boolean mayWrite(String token);

  /** Whether clients may write now that have shown no token. */
  default boolean mayWriteWithoutToken() {
    return false;
  }

  /**
   * Whether the bearer of a token may write, for a token that a client has just shown.
   *
   * @param from the address of the client
   */
  default boolean admit(String token, String from) {
    return mayWrite(token);
  }
}
