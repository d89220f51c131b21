/** Cap'n Proto encoding of directories and permissions. */
package tf.grid.hub.flist.codec;
