/** The address of a client, also behind trusted proxies. */
package tf.grid.hub.http.proxy;
