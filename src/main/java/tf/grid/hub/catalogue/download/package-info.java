/** Flists as files to fetch: addresses, digests, ranges and conditional requests. */
package tf.grid.hub.catalogue.download;
