/** The texts of the website in all its languages, and which of them a visitor reads. */
package tf.grid.hub.site.language;
