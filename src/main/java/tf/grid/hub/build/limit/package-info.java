/** What an archive may contain, and the errors for one that exceeds it. */
package tf.grid.hub.build.limit;
