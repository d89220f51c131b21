package tf.grid.hub.build;

import java.io.IOException;
import java.util.Optional;
import tf.grid.hub.build.tar.TarEntry;
import tf.grid.hub.build.tar.TarReader;
import tf.grid.hub.flist.Node;

/** Puts one entry after the other into the tree. For one thread. */
final class TreeBuilder {
  private final BuildContext work;
  private final Tree tree;
  private final ReadmeCapture readme;
  private final NodeBuilder nodes;

  TreeBuilder(BuildContext work) {
    this.work = work;
    this.tree = new Tree(work);
    this.readme = new ReadmeCapture(work.memory());
    this.nodes = new NodeBuilder(work, readme::watching);
  }

  TreeDirectory root() {
    return tree.root();
  }

  Optional<String> readme() {
    return readme.text(tree.root());
  }

  /** Adds an entry; the reader stands at its content. */
  void add(TarEntry entry, TarReader tar) throws ArchiveException, IOException {
    SafePath path = SafePath.of(entry.path(), work.limits());
    if (path.isRoot()) {
      path.refuseAsRoot(entry);
      return; // the root is what every flist has, whatever an archive says of it
    }
    work.account(path.last().length());
    if (entry.type() == TarEntry.Type.HARD_LINK) {
      hardLink(entry, path);
    } else if (entry.type() == TarEntry.Type.DIRECTORY) {
      tree.directory(tree.parent(path), nodes.directory(entry, path));
    } else {
      tree.parent(path).put(nodes.leaf(entry, path, tar));
    }
  }

  /** One more name for what an earlier entry made. */
  private void hardLink(TarEntry entry, SafePath path) throws ArchiveException {
    SafePath targetPath = SafePath.of(entry.target(), work.limits());
    Node target = tree.earlier(targetPath);
    if (target == null) {
      throw new ArchiveException(
          "the archive has a hard link to something that is not an earlier file of it: "
              + path
              + " -> "
              + targetPath
              + "; tar cannot unpack it either: pack the file before its links");
    }
    tree.parent(path).put(nodes.renamed(target, path.last()));
  }
}
