/** Whether the hub takes requests, and what it answers while it does not. */
package tf.grid.hub.http.availability;
