package tf.grid.hub.catalogue.preview;

import java.util.Map;
import tf.grid.hub.flist.Counts;

/**
 * A flist at a glance.
 *
 * @param md5 of the file, 32 hexadecimal digits
 * @param sha256 of the file, 64 hexadecimal digits
 * @param size of the file in bytes
 * @param modified when the file was changed, in Unix seconds
 * @param metadata all of it, by key
 * @param counts of its entries
 */
public record Preview(
    String md5,
    String sha256,
    long size,
    long modified,
    Map<String, String> metadata,
    Counts counts) {}
