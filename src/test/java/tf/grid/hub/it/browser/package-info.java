/** The site as people see it: in Debian's Chromium, page by page and form by form. */
package tf.grid.hub.it.browser;
