/** What is shown of a flist and of the files in it, in forms for people. */
package tf.grid.hub.catalogue.preview;
