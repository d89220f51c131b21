package tf.grid.hub.publish;

import java.nio.file.Path;

/**
 * What uploads need to know of the configuration.
 *
 * @param workDir where large flists are put together
 * @param backend the {@code backend} metadata that every flist of this hub gets, JSON
 * @param maxBytes bytes that one upload may have
 * @param maxConcurrent uploads that run at once
 * @param maxPerAccount as many of them may be of one account
 */
public record PublishSettings(
    Path workDir, String backend, long maxBytes, int maxConcurrent, int maxPerAccount) {}
