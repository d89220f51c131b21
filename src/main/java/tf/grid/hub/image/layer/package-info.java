/** Layers of images: unpacked and checked while they stream by, remembered by digest. */
package tf.grid.hub.image.layer;
