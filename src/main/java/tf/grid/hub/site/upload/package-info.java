/** Upload and conversion forms of the website, run as jobs with progress. */
package tf.grid.hub.site.upload;
