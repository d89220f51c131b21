package tf.grid.hub.build;

import java.util.ArrayDeque;
import java.util.Deque;
import tf.grid.hub.flist.Counts;
import tf.grid.hub.flist.DirectoryNode;
import tf.grid.hub.flist.FileNode;
import tf.grid.hub.flist.LinkNode;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.SpecialNode;

/** Counts what is in a tree. For one thread. */
final class EntryCensus {
  private long regular;
  private long links;
  private long directories;
  private long special;
  private long size;

  EntryCensus(TreeDirectory root) {
    Deque<TreeDirectory> waiting = new ArrayDeque<>();
    waiting.push(root);
    while (!waiting.isEmpty()) {
      TreeDirectory directory = waiting.pop();
      directories += directory.directories().size();
      waiting.addAll(directory.directories());
      directory.others().forEach(this::count);
    }
  }

  Counts counts() {
    return new Counts(regular, links, directories, special, size);
  }

  private void count(Node node) {
    if (node instanceof FileNode) {
      regular++;
      size += node.size();
    } else if (node instanceof LinkNode) {
      links++;
    } else if (node instanceof SpecialNode) {
      special++;
    } else if (node instanceof DirectoryNode) {
      directories++;
    }
  }
}
