package tf.grid.hub.space;

import java.nio.file.Path;

/**
 * Settings of collections and checks.
 *
 * @param directory where reports are kept
 * @param deadShare packs with a larger share of deleted bytes, 0 to 1, are rewritten
 * @param bytesPerSecond rate of rewriting
 * @param checkedBytesPerSecond rate of checking stored chunks
 */
public record SpaceSettings(
    Path directory, double deadShare, long bytesPerSecond, long checkedBytesPerSecond) {}
