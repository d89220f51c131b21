package tf.grid.hub.build;

import java.io.IOException;
import java.util.Optional;
import tf.grid.hub.build.chunking.BlockSlots;
import tf.grid.hub.build.chunking.ChunkUpload;
import tf.grid.hub.build.chunking.PieceSource;
import tf.grid.hub.build.tar.TarEntry;
import tf.grid.hub.build.tar.TarReader;
import tf.grid.hub.chunk.ChunkCodec;
import tf.grid.hub.flist.DirectoryNode;
import tf.grid.hub.flist.FileNode;
import tf.grid.hub.flist.LinkNode;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.SpecialNode;
import tf.grid.hub.progress.Progress;

/** Turns one entry after the other into nodes of the tree and pieces for the store. One thread. */
final class TreeBuilder {
  /**
   * What a block of a hard link costs: nothing while the tree stands, 48 bytes when its directory
   * is written, and some 90 whenever that is read again.
   */
  static final long BYTES_PER_LINKED_BLOCK = 128;

  private final ArchiveLimits limits;
  private final EntryBudget.Share memory;
  private final ArchiveMeter meter;
  private final ChunkUpload chunks;
  private final Progress progress;
  private final Tree tree;
  private final Attributes attributes;
  private final Readme readme;

  TreeBuilder(
      ArchiveLimits limits,
      EntryBudget.Share memory,
      ArchiveMeter meter,
      ChunkUpload chunks,
      Progress progress) {
    this.limits = limits;
    this.memory = memory;
    this.meter = meter;
    this.chunks = chunks;
    this.progress = progress;
    this.tree = new Tree(limits, memory);
    this.attributes = new Attributes(limits, memory);
    this.readme = new Readme(memory);
  }

  TreeDirectory root() {
    return tree.root();
  }

  Optional<String> readme() {
    return readme.text(tree.root());
  }

  /** Adds an entry; the reader stands at its content. */
  void add(TarEntry entry, TarReader tar) throws ArchiveRejected, IOException {
    SafePath path = SafePath.of(entry.path(), limits);
    if (path.isRoot()) {
      if (entry.type() != TarEntry.Type.DIRECTORY) {
        throw new ArchiveRejected("the archive has an entry that would replace the root itself");
      }
      return; // the root is what every flist has, whatever an archive says of it
    }
    tree.account(path.last().length());
    if (entry.type() == TarEntry.Type.HARD_LINK) {
      hardLink(entry, path);
    } else if (entry.type() == TarEntry.Type.DIRECTORY) {
      long time = Attributes.time(entry);
      Permissions permissions = attributes.permissions(entry);
      tree.directory(tree.parent(path), new DirectoryNode(path.last(), permissions, time, time));
    } else {
      tree.parent(path).put(leaf(entry, path, tar));
    }
  }

  private Node leaf(TarEntry entry, SafePath path, TarReader tar)
      throws ArchiveRejected, IOException {
    Name name = path.last();
    long time = Attributes.time(entry);
    Permissions permissions = attributes.permissions(entry);
    return switch (entry.type()) {
      case FILE ->
          new FileNode(name, permissions, time, time, entry.size(), content(entry, path, tar));
      case SYMBOLIC_LINK -> new LinkNode(name, permissions, time, time, target(entry, path));
      case CHARACTER_DEVICE -> device(name, permissions, time, SpecialNode.Type.CHARACTER, entry);
      case BLOCK_DEVICE -> device(name, permissions, time, SpecialNode.Type.BLOCK, entry);
      case FIFO ->
          new SpecialNode(
              name, permissions, time, time, SpecialNode.Type.FIFO, SpecialNode.NOTHING);
      case DIRECTORY, HARD_LINK -> throw new IllegalArgumentException("no leaf: " + entry.type());
    };
  }

  private static SpecialNode device(
      Name name, Permissions permissions, long time, SpecialNode.Type type, TarEntry entry) {
    String numbers = entry.major() + "," + entry.minor();
    return new SpecialNode(name, permissions, time, time, type, numbers);
  }

  /** Sends the content off, piece by piece; ids and keys arrive later. */
  private BlockSlots content(TarEntry entry, SafePath path, TarReader tar)
      throws ArchiveRejected, IOException {
    long size = entry.size();
    meter.file(size);
    BlockSlots slots = new BlockSlots(size);
    PieceSource source = readme.watching(path, size, slots, tar::readFully);
    long left = size;
    for (int place = 0; left > 0; place++) {
      int length = (int) Math.min(left, ChunkCodec.MAX_PLAIN);
      meter.content(length);
      memory.take(BlockSlots.BYTES_PER_SLOT);
      chunks.add(slots, place, length, source);
      left -= length;
    }
    progress.fileDone();
    return slots;
  }

  private Name target(TarEntry entry, SafePath path) throws ArchiveRejected {
    Name target = entry.target();
    if (target.length() == 0 || target.length() > limits.pathBytes() || hasZero(target)) {
      throw new ArchiveRejected(
          "the archive has a symbolic link whose target is empty, longer than "
              + limits.pathBytes()
              + " bytes, or has a NUL in it: "
              + path);
    }
    memory.take(target.length());
    return target;
  }

  private static boolean hasZero(Name name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.byteAt(i) == 0) {
        return true;
      }
    }
    return false;
  }

  /** One more name for what an earlier entry made; blocks are shared, complete or not. */
  private void hardLink(TarEntry entry, SafePath path) throws ArchiveRejected {
    SafePath targetPath = SafePath.of(entry.target(), limits);
    Node target = tree.earlier(targetPath);
    if (target == null) {
      throw new ArchiveRejected(
          "the archive has a hard link to something that is not an earlier file of it: "
              + path
              + " -> "
              + targetPath);
    }
    if (target instanceof FileNode file) {
      memory.take(file.blocks().size() * BYTES_PER_LINKED_BLOCK);
    }
    tree.parent(path).put(renamed(target, path.last()));
  }

  private static Node renamed(Node node, Name name) {
    if (node instanceof FileNode file) {
      return new FileNode(
          name, file.permissions(), file.modified(), file.created(), file.size(), file.blocks());
    }
    if (node instanceof LinkNode link) {
      return new LinkNode(name, link.permissions(), link.modified(), link.created(), link.target());
    }
    SpecialNode special = (SpecialNode) node;
    return new SpecialNode(
        name,
        special.permissions(),
        special.modified(),
        special.created(),
        special.type(),
        special.data());
  }
}
