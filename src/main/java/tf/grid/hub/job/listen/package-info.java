/** Server-sent events of jobs, and the REST API of jobs. */
package tf.grid.hub.job.listen;
