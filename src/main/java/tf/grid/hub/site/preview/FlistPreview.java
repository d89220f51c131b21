package tf.grid.hub.site.preview;

import java.util.List;
import tf.grid.hub.flist.Counts;
import tf.grid.hub.site.preview.MetadataRows.MetadataRow;

/**
 * A flist at a glance.
 *
 * @param md5 of the file, 32 hexadecimal digits
 * @param sha256 of the file, 64 hexadecimal digits
 * @param size of the file in bytes
 * @param modified when the file was changed, in Unix seconds
 * @param readme the text about it as HTML that is safe to show; empty if there is none
 * @param license as it says; empty if it does not
 * @param facts the other metadata
 * @param factsCut whether there is more of them
 * @param counts of its entries
 */
public record FlistPreview(
    String md5,
    String sha256,
    long size,
    long modified,
    String readme,
    String license,
    List<MetadataRow> facts,
    boolean factsCut,
    Counts counts) {}
