/** Stores chunks in a bucket of an S3 server. */
package tf.grid.hub.store.s3;
