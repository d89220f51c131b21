/** Reads and writes .flist files: an SQLite database in a gzip-compressed tar archive. */
package tf.grid.hub.flist.file;
