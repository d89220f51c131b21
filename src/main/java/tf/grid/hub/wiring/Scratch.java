package tf.grid.hub.wiring;

import java.nio.file.Path;

/**
 * The directory for temporary files, emptied at the start.
 *
 * @param path absolute, exists
 */
record Scratch(Path path) {}
