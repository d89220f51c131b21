package tf.grid.hub.flist;

import java.util.List;
import tf.grid.hub.chunk.Block;

/**
 * A regular file.
 *
 * @param name its name
 * @param permissions owner, group and mode
 * @param modified Unix seconds
 * @param created Unix seconds
 * @param size bytes of content
 * @param blocks one per 512 KiB of content, the last may be shorter; empty for an empty file;
 *     incomplete in a flist with {@link LostTails}
 */
public record FileNode(
    Name name, Permissions permissions, long modified, long created, long size, List<Block> blocks)
    implements Node {}
