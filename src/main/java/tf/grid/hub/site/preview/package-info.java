/** Previews for pages: file excerpts, README as HTML, readable metadata. */
package tf.grid.hub.site.preview;
