/** What is in a flist, as answers of the REST API. */
package tf.grid.hub.catalogue.contents;
