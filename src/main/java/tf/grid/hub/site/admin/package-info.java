/** The page for administrators. */
package tf.grid.hub.site.admin;
