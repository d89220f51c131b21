package tf.grid.hub.store;

import java.nio.ByteBuffer;
import tf.grid.hub.chunk.ChunkId;

/**
 * A chunk as a store keeps it: compressed and encrypted.
 *
 * @param id the digest of the bytes
 * @param bytes from position to limit; readers leave both as they are (they duplicate it)
 */
public record StoredChunk(ChunkId id, ByteBuffer bytes) {}
