package tf.grid.hub.flist.merge;

import java.util.List;
import tf.grid.hub.flist.FlistPath;

/**
 * A path at which sources have different things, of which a merge keeps one.
 *
 * @param path where
 * @param kept what the merge keeps, from the first source that has the path
 * @param dropped what later sources have there instead, in their order; never empty
 */
public record Clash(FlistPath path, Version kept, List<Version> dropped) {}
