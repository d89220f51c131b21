/** Tar archives as they stream by, gzip-compressed or plain, with every name kept as bytes. */
package tf.grid.hub.build.tar;
