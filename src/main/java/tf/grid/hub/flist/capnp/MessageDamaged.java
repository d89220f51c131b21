package tf.grid.hub.flist.capnp;

/** A message breaks the rules of the encoding. */
public final class MessageDamaged extends Exception {
  private static final long serialVersionUID = 1L;

  MessageDamaged(String message) {
    super(message);
  }

  MessageDamaged(Throwable cause) {
    super("a pointer in it leads astray", cause);
  }
}
