/** MD5 digests of published files, computed once for each state of a file. */
package tf.grid.hub.catalogue.digest;
