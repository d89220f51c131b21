package tf.grid.hub.build.tar;

import tf.grid.hub.build.tar.TarReader.TarEnd;
import tf.grid.hub.build.tar.header.GnuPrefix;

/**
 * Choices for what the formats leave open.
 *
 * @param maxHeaderBytes maximum bytes of the long names, PAX records or sparse map of one entry
 * @param end how the end of the archive is recognized
 * @param prefix how a path prefix in a GNU header is interpreted
 */
public record TarOptions(int maxHeaderBytes, TarEnd end, GnuPrefix prefix) {}
