package tf.grid.hub.build;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.build.chunking.PieceSource;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.limit.EntryBudget;
import tf.grid.hub.build.tar.TarEntry;
import tf.grid.hub.build.tar.TarReader;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.FileNode;

/** Adds the entries of an archive to a tree. Not thread-safe. */
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

  /** Adds the reader's current entry. */
  void add(TarEntry entry, TarReader tar) throws ArchiveException, IOException {
    SafePath path = SafePath.of(entry.path(), work.limits());
    if (path.isRoot()) {
      path.refuseAsRoot(entry);
      return; // the root is what every flist has, whatever an archive says of it
    }
    work.account(path.last().length());
    if (entry.type() == TarEntry.Type.HARD_LINK) {
      hardLink(entry, path, tar);
    } else if (entry.type() == TarEntry.Type.DIRECTORY) {
      tree.directory(tree.parent(path), nodes.directory(entry, path));
    } else {
      parentOfOther(path, tar).put(nodes.leaf(entry, path, tar));
    }
  }

  /** The parent of an entry that is no directory. A warning tells if it replaces entries. */
  private TreeDirectory parentOfOther(SafePath path, TarReader tar) throws ArchiveException {
    TreeDirectory parent = tree.parent(path);
    TreeDirectory earlier = parent.directory(path.last());
    if (earlier != null && !earlier.isEmpty()) {
      work.warnings()
          .add(
              tar.located(
                  "it replaced an earlier directory and everything in it; tar would keep the"
                      + " directory and fail"));
    }
    return parent;
  }

  /** Adds another name for the node of an earlier entry. */
  private void hardLink(TarEntry entry, SafePath path, TarReader tar) throws ArchiveException {
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
    parentOfOther(path, tar).put(nodes.renamed(target, path.last()));
  }

  /**
   * Keeps the text of {@code .README.md} or {@code .README} at the root while the file is read.
   * Only regular files are used, never targets of symbolic links. A file that is too long or not
   * UTF-8 is not used as the readme. Not thread-safe.
   */
  static final class ReadmeCapture {
    /**
     * Keyed by the blocks of the file, which hard links share, but a later entry with the same name
     * does not.
     */
    private final IdentityHashMap<List<Block>, ByteArrayOutputStream> kept =
        new IdentityHashMap<>();

    private final EntryBudget.Share memory;

    ReadmeCapture(EntryBudget.Share memory) {
      this.memory = memory;
    }

    /**
     * Returns the source itself, or one that also records the content if the file may be the
     * readme.
     */
    PieceSource watching(SafePath path, long size, List<Block> blocks, PieceSource source)
        throws ArchiveException {
      if (path.names().size() != 1
          || !Readme.NAMES.contains(path.last())
          || size > Readme.MAX_BYTES) {
        return source;
      }
      memory.take(2 * size);
      ByteArrayOutputStream text = new ByteArrayOutputStream((int) size);
      kept.put(blocks, text);
      return (into, offset, length) -> {
        source.read(into, offset, length);
        text.write(into, offset, length);
      };
    }

    /** The text of the readme in the current tree. */
    Optional<String> text(TreeDirectory root) {
      return Readme.NAMES.stream()
          .map(root::other)
          .flatMap(node -> node instanceof FileNode file ? text(file).stream() : null)
          .findFirst();
    }

    private Optional<String> text(FileNode file) {
      ByteArrayOutputStream text = kept.get(file.blocks());
      return text == null ? Optional.empty() : Readme.text(text.toByteArray());
    }
  }
}
