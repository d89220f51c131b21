package tf.grid.hub.publish;

import java.nio.file.Path;

/**
 * The part of the configuration that concerns publishing.
 *
 * @param workDir directory for temporary files of flists that do not fit in memory
 * @param backend the {@code backend} metadata of every flist of this hub, JSON
 * @param maxBytes largest body of an upload, in bytes
 */
public record PublishSettings(Path workDir, String backend, long maxBytes) {}
