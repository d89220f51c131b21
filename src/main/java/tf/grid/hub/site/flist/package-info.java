/** Pages about one flist: preview, directories, files, differences, search. */
package tf.grid.hub.site.flist;
