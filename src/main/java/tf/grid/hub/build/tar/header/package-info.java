/** Parses fields and records of tar headers: numbers, PAX records, sparse maps. */
package tf.grid.hub.build.tar.header;
