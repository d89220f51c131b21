/** Published flists become one flist. */
package tf.grid.hub.upload.merge;
