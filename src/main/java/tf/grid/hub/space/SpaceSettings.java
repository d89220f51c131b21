package tf.grid.hub.space;

import java.nio.file.Path;

/**
 * Settings of collections.
 *
 * @param directory where the state of collections is kept
 * @param deadShare packs with a larger share of deleted bytes, 0 to 1, are rewritten
 * @param bytesPerSecond rate of rewriting
 */
public record SpaceSettings(Path directory, double deadShare, long bytesPerSecond) {}
