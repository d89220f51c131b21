/** Bytes of Cap'n Proto messages: reading and building structs whose layout is given, by word. */
package tf.grid.hub.flist.capnp;
