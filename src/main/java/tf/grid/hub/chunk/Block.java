package tf.grid.hub.chunk;

/**
 * One piece of a file as a flist names it.
 *
 * @param id where its stored bytes are found
 * @param key what opens them
 */
public record Block(ChunkId id, ChunkKey key) {}
