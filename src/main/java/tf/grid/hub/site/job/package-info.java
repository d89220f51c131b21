/** The list of an account's jobs. */
package tf.grid.hub.site.job;
