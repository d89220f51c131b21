package tf.grid.hub.catalogue.browse;

import java.util.Map;
import tf.grid.hub.flist.Counts;

/**
 * Metadata and counts of a flist.
 *
 * @param metadata by key
 * @param counts of its entries
 * @param shares of the entries of its root
 */
public record FlistSummary(Map<String, String> metadata, Counts counts, ContentShares shares) {}
