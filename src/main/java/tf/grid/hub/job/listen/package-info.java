/** Jobs on the wire: server-sent events for those who watch, and the REST API of a job. */
package tf.grid.hub.job.listen;
