package tf.grid.hub.build.tar;

import tf.grid.hub.build.tar.TarReader.TarEnd;
import tf.grid.hub.build.tar.header.GnuPrefix;

/**
 * How a reader takes what the formats leave open.
 *
 * @param maxHeaderBytes the most that one entry's long names, PAX records or sparse map may have
 * @param end what is accepted as the end
 * @param prefix what a path prefix in a GNU header means
 */
public record TarOptions(int maxHeaderBytes, TarEnd end, GnuPrefix prefix) {}
