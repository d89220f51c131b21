/** Keeps the catalogue in a directory: files, symbolic links and directories of tags. */
package tf.grid.hub.catalogue.directory;
