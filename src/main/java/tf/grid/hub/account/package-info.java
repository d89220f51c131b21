/** Authenticates callers of the API and visitors of the website. */
package tf.grid.hub.account;
