/** What a failure tells the client that caused it, in terms of HTTP but without an HTTP library. */
package tf.grid.hub.problem;
