package tf.grid.hub.store;

import java.nio.ByteBuffer;
import tf.grid.hub.chunk.ChunkId;

/**
 * A chunk in its stored form: compressed and encrypted.
 *
 * @param id the digest of the bytes
 * @param bytes from position to limit; readers must not change the position (use {@code duplicate})
 */
public record StoredChunk(ChunkId id, ByteBuffer bytes) {}
