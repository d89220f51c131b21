/** The website: what all pages share. Nothing outside this room depends on it. */
package tf.grid.hub.site;
