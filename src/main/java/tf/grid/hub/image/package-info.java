/** Container images: from a registry, a container engine or an archive to a flist. */
package tf.grid.hub.image;
