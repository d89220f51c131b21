package tf.grid.hub.gateway;

/** The gateway could not start listening: its address is taken, not local, or not allowed. */
public final class GatewayUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  GatewayUnavailable(String host, int port, Throwable cause) {
    super(
        "tried to listen for chunk clients on "
            + host
            + ":"
            + port
            + " but "
            + cause.getMessage()
            + "; choose another address or port",
        cause);
  }
}
