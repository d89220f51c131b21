/** Uploads: archives and flists become published flists. */
package tf.grid.hub.upload;
