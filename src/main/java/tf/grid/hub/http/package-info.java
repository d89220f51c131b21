/** What all of the REST API shares: application, error answers, filters. */
package tf.grid.hub.http;
