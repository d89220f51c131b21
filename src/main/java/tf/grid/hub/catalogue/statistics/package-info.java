/** How often and when flists were downloaded. */
package tf.grid.hub.catalogue.statistics;
