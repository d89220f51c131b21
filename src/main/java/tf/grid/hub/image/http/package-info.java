/** HTTP as registries need it, whatever sends the requests. */
package tf.grid.hub.image.http;
