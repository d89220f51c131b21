package tf.grid.hub.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tf.grid.hub.build.chunking.BlockSlots;
import tf.grid.hub.build.chunking.PieceSource;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.build.limit.EntryBudget;
import tf.grid.hub.build.tar.TarEntry;
import tf.grid.hub.build.tar.TarReader;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.Node.SpecialNode;
import tf.grid.hub.flist.Permissions;

/** Converts entries to nodes and submits their content for storage. Not thread-safe. */
public final class NodeBuilder {
  /**
   * Heap bytes per block of a hard link: none in the tree, 48 while its directory is written, and
   * about 90 while that is read again.
   */
  static final long BYTES_PER_LINKED_BLOCK = 128;

  private final BuildContext work;
  private final EntryAttributes attributes;
  private final Watch watch;

  /** A builder for one archive. */
  public NodeBuilder(BuildContext work) {
    this(work, (path, size, blocks, source) -> source);
  }

  NodeBuilder(BuildContext work, Watch watch) {
    this.work = work;
    this.attributes = new EntryAttributes(work.limits(), work.memory());
    this.watch = watch;
  }

  /** Observes the content of files. */
  @FunctionalInterface
  interface Watch {
    /** Returns the source to read from: the given one, or one that also records what is read. */
    PieceSource watching(SafePath path, long size, List<Block> blocks, PieceSource source)
        throws ArchiveException;
  }

  /** Creates the node of a directory. */
  public DirectoryNode directory(TarEntry entry, SafePath path) throws ArchiveException {
    long time = EntryAttributes.time(entry);
    return new DirectoryNode(path.last(), attributes.permissions(entry), time, time);
  }

  /**
   * Creates the node of the reader's current entry, which is neither a directory nor a hard link.
   */
  public Node leaf(TarEntry entry, SafePath path, TarReader tar)
      throws ArchiveException, IOException {
    Name name = path.last();
    long time = EntryAttributes.time(entry);
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

  /** Submits the content piece by piece; ids and keys are set later. */
  private BlockSlots content(TarEntry entry, SafePath path, TarReader tar)
      throws ArchiveException, IOException {
    long size = entry.size();
    work.meter().file(size);
    BlockSlots slots = new BlockSlots(size);
    PieceSource plain = tar::readFully;
    PieceSource source = watch.watching(path, size, slots, plain);
    long left = size;
    for (int place = 0; left > 0; place++) {
      int length = (int) Math.min(left, ChunkCodec.MAX_PLAIN);
      work.meter().content(length);
      work.memory().take(BlockSlots.BYTES_PER_SLOT);
      if (source == plain && length == ChunkCodec.MAX_PLAIN && tar.hole() >= length) {
        tar.skipHole(length);
        work.chunks().addZeros(slots, place);
      } else {
        long before = tar.filled();
        work.chunks().add(slots, place, length, source);
        work.meter().filled(tar.filled() - before);
      }
      left -= length;
    }
    work.progress().fileDone();
    return slots;
  }

  private Name target(TarEntry entry, SafePath path) throws ArchiveException {
    Name target = entry.target();
    if (target.length() == 0 || target.length() > work.limits().pathBytes() || hasZero(target)) {
      throw new ArchiveException(
          "the archive has a symbolic link whose target is empty, longer than "
              + work.limits().pathBytes()
              + " bytes, or has a NUL in it: "
              + path);
    }
    work.memory().take(target.length());
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

  /**
   * Copies a node under another name, as a hard link. The copy shares the blocks, which may be
   * incomplete.
   */
  public Node renamed(Node node, Name name) throws ArchiveException {
    if (node instanceof FileNode file) {
      work.memory().take(file.blocks().size() * BYTES_PER_LINKED_BLOCK);
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

  /**
   * Converts owners, modes and times for a flist. Equal permission sets become one object, because
   * most entries of an archive share a few. Not thread-safe.
   */
  static final class EntryAttributes {
    private static final int LINK_MODE = 0777;
    private static final long LAST_SECOND = 0xFFFF_FFFFL;
    private static final int BYTES_PER_SET = 256;

    private final Map<Permissions, Permissions> sets = new HashMap<>();
    private final ArchiveLimits limits;
    private final EntryBudget.Share memory;

    EntryAttributes(ArchiveLimits limits, EntryBudget.Share memory) {
      this.limits = limits;
      this.memory = memory;
    }

    Permissions permissions(TarEntry entry) throws ArchiveException {
      int mode = entry.type() == TarEntry.Type.SYMBOLIC_LINK ? LINK_MODE : entry.mode();
      Name user = owner(entry.user(), entry.uid());
      Name group = owner(entry.group(), entry.gid());
      Permissions set = new Permissions(user, group, mode, entry.uid(), entry.gid());
      Permissions known = sets.get(set);
      if (known != null) {
        return known;
      }
      memory.take(BYTES_PER_SET + user.length() + group.length());
      sets.put(set, set);
      return set;
    }

    /** The modification time, limited to the range of a flist. */
    static long time(TarEntry entry) {
      return Math.max(0, Math.min(LAST_SECOND, entry.modified()));
    }

    private Name owner(Name name, long number) throws ArchiveException {
      if (name.length() == 0) {
        return Name.of(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
      }
      if (name.length() > limits.componentBytes()) {
        throw new ArchiveException(
            "the archive has an owner's name of "
                + name.length()
                + " bytes; the limit is "
                + limits.componentBytes()
                + ", as for names of files");
      }
      refuseLineBreaks(name);
      return name;
    }

    /** With a line break, two permission sets could have the same hashed text. */
    private static void refuseLineBreaks(Name name) throws ArchiveException {
      for (byte b : name.bytes()) {
        if (b == '\n' || b == '\r' || b == 0) {
          throw new ArchiveException(
              "the archive has an owner's name with a control character that ends lines: "
                  + name.printable());
        }
      }
    }
  }
}
