/**
 * Fetches images directly from a registry with the protocol of the <a
 * href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md">distribution
 * specification</a>.
 */
package tf.grid.hub.image.registry;
