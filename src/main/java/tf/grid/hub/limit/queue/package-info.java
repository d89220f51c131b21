/** Places for uploads and conversions, and the queue of requests that wait for one. */
package tf.grid.hub.limit.queue;
