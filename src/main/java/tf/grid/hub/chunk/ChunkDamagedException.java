package tf.grid.hub.chunk;

/** Stored bytes are not the chunk that a flist names; the message says for which id and why. */
public class ChunkDamagedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Of a chunk, and what is wrong with its bytes. */
  public ChunkDamagedException(ChunkId id, String reason) {
    super("tried to open chunk " + id + " but " + reason);
  }

  public static ChunkDamagedException impossibleLength(ChunkId id, int length) {
    return new ChunkDamagedException(id, length + " bytes cannot be one");
  }

  public static ChunkDamagedException otherId(ChunkId id) {
    return new ChunkDamagedException(id, "the stored bytes have another hash");
  }

  public static ChunkDamagedException otherKey(ChunkId id) {
    return new ChunkDamagedException(id, "the plain bytes have another hash than its key");
  }
}
