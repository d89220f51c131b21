/** Stores chunks in a Redis server or cluster. */
package tf.grid.hub.store.redis;
