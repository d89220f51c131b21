package tf.grid.hub.build;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.build.chunking.PieceSource;
import tf.grid.hub.build.tar.TarEntry;
import tf.grid.hub.build.tar.TarReader;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.FileNode;

/** Puts one entry after the other into the tree. Not thread-safe. */
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

  /**
   * The text of {@code .README.md}, or of {@code .README}, at the root, kept while the file streams
   * by. Only regular files count, never what a link points to; one that is not UTF-8 text, or too
   * long for a page, stays a file like any other. Not thread-safe.
   */
  static final class ReadmeCapture {
    /** The most bytes of text that a flist's metadata should carry. */
    static final int MAX_BYTES = 1 << 20;

    private static final List<Name> NAMES = List.of(Name.of(".README.md"), Name.of(".README"));

    /** By the file's blocks, which hard links share and a later entry of the name does not. */
    private final IdentityHashMap<List<Block>, ByteArrayOutputStream> kept =
        new IdentityHashMap<>();

    private final EntryBudget.Share memory;

    ReadmeCapture(EntryBudget.Share memory) {
      this.memory = memory;
    }

    /** The source itself, or one that keeps what is read when this file could be the readme. */
    PieceSource watching(SafePath path, long size, List<Block> blocks, PieceSource source)
        throws ArchiveException {
      if (path.names().size() != 1 || !NAMES.contains(path.last()) || size > MAX_BYTES) {
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

    /** The text that belongs to the tree as it is now. */
    Optional<String> text(TreeDirectory root) {
      return NAMES.stream()
          .map(root::other)
          .flatMap(node -> node instanceof FileNode file ? text(file).stream() : null)
          .findFirst();
    }

    private Optional<String> text(FileNode file) {
      ByteArrayOutputStream text = kept.get(file.blocks());
      if (text == null) {
        return Optional.empty();
      }
      try {
        String decoded =
            StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(text.toByteArray()))
                .toString();
        return decoded.indexOf('\0') < 0 ? Optional.of(decoded) : Optional.empty();
      } catch (CharacterCodingException e) {
        return Optional.empty();
      }
    }
  }
}
