package tf.grid.hub.publish;

import java.nio.file.Path;

/**
 * The part of the configuration that concerns publishing.
 *
 * @param workDir directory for temporary files of flists that do not fit in memory
 * @param backend the {@code backend} metadata of every flist of this hub, JSON
 * @param maxBytes largest body of an upload, in bytes
 * @param shared whether other hubs may delete unused chunks
 */
public record PublishSettings(Path workDir, String backend, long maxBytes, boolean shared) {

  /** Settings of a hub without others. */
  public PublishSettings(Path workDir, String backend, long maxBytes) {
    this(workDir, backend, maxBytes, false);
  }
}
