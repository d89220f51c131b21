/** What all pages share. */
package tf.grid.hub.page;
