/** What all pages share: addresses, the frame around them, what they say of the site. */
package tf.grid.hub.page;
