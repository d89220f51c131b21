/** MD5 digests of published files, computed once per version of a file. */
package tf.grid.hub.catalogue.digest;
