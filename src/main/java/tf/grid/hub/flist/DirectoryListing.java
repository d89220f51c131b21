package tf.grid.hub.flist;

import java.io.IOException;
import java.util.List;
import tf.grid.hub.flist.Node.DirectoryNode;

/**
 * A directory and what is in it.
 *
 * @param path where it is
 * @param self the directory itself
 * @param contents its entries, no name twice. Listings that are read from a flist have
 *     sub-directories first, then everything else, each ordered by the bytes of the name; listings
 *     of a tree that was just built have no order
 */
public record DirectoryListing(FlistPath path, DirectoryNode self, List<Node> contents) {

  public DirectoryListing {
    contents = List.copyOf(contents);
  }

  /** Receives the directories of a tree. */
  @FunctionalInterface
  public interface Visitor {
    /** Receives one directory, after the directory that contains it. */
    void directory(DirectoryListing listing) throws IOException;
  }
}
