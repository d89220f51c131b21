package tf.grid.hub.flist;

import java.util.List;

/**
 * A directory and what is in it.
 *
 * @param path where it is
 * @param self the directory itself
 * @param contents sub-directories first, then everything else, each by the bytes of the name
 */
public record DirectoryListing(FlistPath path, DirectoryNode self, List<Node> contents) {

  /** Keeps the list unmodifiable. */
  public DirectoryListing {
    contents = List.copyOf(contents);
  }
}
