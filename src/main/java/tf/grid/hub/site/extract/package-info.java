/** Sends files out of flists where a page links to them. */
package tf.grid.hub.site.extract;
