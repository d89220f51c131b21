package tf.grid.hub.build.layer;

import tf.grid.hub.build.SafePath;

/**
 * A text file that the hub adds to a tree, {@code root:root 0644}.
 *
 * @param path where
 * @param text all of it; written in UTF-8
 * @param time Unix seconds, 0…2³²−1
 */
public record AddedFile(SafePath path, String text, long time) {}
