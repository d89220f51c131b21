/** Downloads of flists: URLs, digests, ranges and conditional requests. */
package tf.grid.hub.catalogue.download;
