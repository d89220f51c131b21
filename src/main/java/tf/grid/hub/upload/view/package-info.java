/** Pages that make flists: beans behind the forms. */
package tf.grid.hub.upload.view;
