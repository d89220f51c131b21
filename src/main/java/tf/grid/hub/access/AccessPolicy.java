package tf.grid.hub.access;

import java.net.URI;

/**
 * Access settings.
 *
 * @param readOnly whether all changes are rejected
 * @param open whether authentication is off
 * @param publicUrl the public URL of the hub
 */
public record AccessPolicy(boolean readOnly, boolean open, URI publicUrl) {}
