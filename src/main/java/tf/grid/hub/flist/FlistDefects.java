package tf.grid.hub.flist;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;

/**
 * Collects known mistakes of the C tool in a flist, as warnings for the user who uploads or merges
 * it. A reader that has a collector accepts these mistakes. Not thread-safe.
 */
public final class FlistDefects {
  /** Warnings that are kept; beyond them, one more says that there are others. */
  private static final int MOST = 100;

  private final Set<String> warnings = new LinkedHashSet<>();
  private boolean more;

  /** Takes a file whose size says more than its blocks hold. */
  public void lostTail(FlistPath directory, Name name, long blocks, long size) {
    add(
        "\"/%s\" has %d %s for %d bytes: it is published as it is, but its end cannot be read"
            .formatted(directory.child(name), blocks, blocks == 1 ? "block" : "blocks", size));
  }

  /** Takes an entry that has the name of another one, before it in the directory. */
  public void twin(FlistPath directory, Node kept, Node dropped) {
    add(
        "\"/%s\" is there twice: the first, %s, is kept, the other, %s, is left out"
            .formatted(directory.child(kept.name()), kind(kept), kind(dropped)));
  }

  private static String kind(Node node) {
    if (node instanceof DirectoryNode) {
      return "a directory";
    }
    if (node instanceof FileNode) {
      return "a file";
    }
    return node instanceof LinkNode ? "a link" : "a special file";
  }

  private void add(String warning) {
    if (warnings.size() < MOST) {
      warnings.add(warning);
    } else {
      more |= !warnings.contains(warning);
    }
  }

  /** The warnings in the order in which they were found, each once; empty for a sound flist. */
  public List<String> warnings() {
    List<String> all = new ArrayList<>(warnings);
    if (more) {
      all.add("there are more warnings of this kind");
    }
    return all;
  }
}
