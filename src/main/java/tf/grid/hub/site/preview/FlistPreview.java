package tf.grid.hub.site.preview;

import java.util.List;
import tf.grid.hub.catalogue.browse.ContentShares;
import tf.grid.hub.flist.Counts;
import tf.grid.hub.site.preview.MetadataRows.MetadataRow;

/**
 * A summary of a flist for its page.
 *
 * @param md5 of the file, 32 hexadecimal digits
 * @param sha256 of the file, 64 hexadecimal digits
 * @param size of the file in bytes
 * @param modified modification time of the file, Unix seconds
 * @param readme sanitized HTML; empty if there is none
 * @param readmeCut whether the readme was too long to be shown completely
 * @param summary the first paragraph of the readme as plain text, shortened; empty if there is none
 * @param license from the metadata; empty if there is none
 * @param facts other metadata
 * @param factsCut whether metadata was omitted
 * @param counts of its entries
 * @param shares of the entries of its root in its content
 */
public record FlistPreview(
    String md5,
    String sha256,
    long size,
    long modified,
    String readme,
    boolean readmeCut,
    String summary,
    String license,
    List<MetadataRow> facts,
    boolean factsCut,
    Counts counts,
    ContentShares shares) {}
