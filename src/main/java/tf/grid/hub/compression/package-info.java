/** Decompresses data whose format is detected: gzip, bzip2, xz or zstd. */
package tf.grid.hub.compression;
