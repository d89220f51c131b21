/** JSON answers that are made once and sent many times. */
package tf.grid.hub.catalogue.json;
