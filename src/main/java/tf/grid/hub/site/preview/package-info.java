/** Previews for pages: file excerpts, README as HTML, metadata in words. */
package tf.grid.hub.site.preview;
