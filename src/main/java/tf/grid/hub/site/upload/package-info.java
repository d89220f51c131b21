/** Upload and conversion forms of the website, run as jobs that can be watched. */
package tf.grid.hub.site.upload;
