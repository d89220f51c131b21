/** The name, logo and texts that operators give the website. */
package tf.grid.hub.site.identity;
