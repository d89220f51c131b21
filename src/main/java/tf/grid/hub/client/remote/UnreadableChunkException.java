package tf.grid.hub.client.remote;

import java.io.IOException;
import tf.grid.hub.chunk.ChunkId;

/** A hub cannot read a chunk that it has, because it is damaged. */
public final class UnreadableChunkException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreadableChunkException(ChunkId id, HubException cause) {
    super("chunk " + id + ": " + cause.getMessage(), cause);
  }
}
