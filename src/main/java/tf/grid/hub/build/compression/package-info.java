/** Unpacks archives that are compressed with gzip, bzip2, xz or zstd. */
package tf.grid.hub.build.compression;
