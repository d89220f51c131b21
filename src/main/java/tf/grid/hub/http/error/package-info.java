/** Error answers: JSON for programs, pages for browsers. */
package tf.grid.hub.http.error;
