/** What an image says about running it, and how flists say the same. */
package tf.grid.hub.image.config;
