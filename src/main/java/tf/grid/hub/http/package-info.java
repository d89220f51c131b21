/** HTTP basics shared by API and website. */
package tf.grid.hub.http;
