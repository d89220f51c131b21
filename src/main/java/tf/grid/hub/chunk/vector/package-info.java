/**
 * Computes several chunks at once with the Vector API of the JDK, which is an incubating module:
 * the only package that may use it, and loaded only by name.
 */
package tf.grid.hub.chunk.vector;
