package tf.grid.hub.exchange;

import tf.grid.hub.problem.Problem;

/** A request about chunks that cannot be granted. The message is for the client. */
public final class ChunkRequestException extends RuntimeException implements Problem {
  private static final long serialVersionUID = 1;

  private final int status;

  private ChunkRequestException(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /** Rejects a malformed request with the status 400. */
  static ChunkRequestException malformed(String message) {
    return new ChunkRequestException(400, message);
  }

  /** The store does not have the chunk. */
  static ChunkRequestException absent() {
    return new ChunkRequestException(404, "there is no chunk with this id");
  }

  @Override
  public int status() {
    return status;
  }
}
