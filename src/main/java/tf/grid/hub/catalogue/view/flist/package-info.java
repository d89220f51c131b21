/** The pages about one flist: preview, contents, files, comparison with another. */
package tf.grid.hub.catalogue.view.flist;
