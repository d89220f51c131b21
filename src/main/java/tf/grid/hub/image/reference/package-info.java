/** Image references, digests and platforms; no I/O. */
package tf.grid.hub.image.reference;
