/** What people do on pages to what is published already, in words of their own forms. */
package tf.grid.hub.catalogue.view.manage;
