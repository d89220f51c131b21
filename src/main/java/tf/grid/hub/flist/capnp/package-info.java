/** Reads and builds Cap'n Proto messages whose struct layouts are given by word positions. */
package tf.grid.hub.flist.capnp;
