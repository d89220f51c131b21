/** The pages about repositories, tags and what is found in them. */
package tf.grid.hub.catalogue.view;
