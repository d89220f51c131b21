package tf.grid.hub.access;

import java.net.URI;

/**
 * What the operator decided about access.
 *
 * @param readOnly whether nothing may be changed
 * @param open whether authentication is off
 * @param publicUrl how users reach the hub
 */
public record AccessPolicy(boolean readOnly, boolean open, URI publicUrl) {}
