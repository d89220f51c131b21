/** Looking into a flist as into a file system: one directory, one entry, the bytes of one file. */
package tf.grid.hub.catalogue.browse;
