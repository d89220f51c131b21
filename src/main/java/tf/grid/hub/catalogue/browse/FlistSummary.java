package tf.grid.hub.catalogue.browse;

import java.util.Map;
import tf.grid.hub.flist.Counts;

/**
 * What a flist says as a whole.
 *
 * @param metadata all of it, by key
 * @param counts of its entries
 */
public record FlistSummary(Map<String, String> metadata, Counts counts) {}
