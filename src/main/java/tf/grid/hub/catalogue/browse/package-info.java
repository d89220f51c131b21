/** Reads a flist like a file system: one directory, one entry, the bytes of one file. */
package tf.grid.hub.catalogue.browse;
