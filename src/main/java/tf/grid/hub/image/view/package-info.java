/** The page of conversions: its forms are jobs that can be watched. */
package tf.grid.hub.image.view;
