/** Servlet filters and JAX-RS interceptors for all requests. */
package tf.grid.hub.http.filter;
