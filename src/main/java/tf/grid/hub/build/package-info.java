/** Building: the entries of an archive become a flist and chunks while they stream by. */
package tf.grid.hub.build;
