/** The hub behind real proxies, with the configuration that {@code docs/proxy.md} shows. */
package tf.grid.hub.it.proxies;
