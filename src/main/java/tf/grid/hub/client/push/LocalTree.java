package tf.grid.hub.client.push;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tf.grid.hub.build.chunking.BlockSlots;
import tf.grid.hub.build.chunking.ChunkUpload;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkCodec;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.Node.SpecialNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.file.FlistWriter;
import tf.grid.hub.problem.PrintableText;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.store.ChunkStore;

/**
 * Reads a local directory into a flist and stores the chunks of its files. Symbolic links are not
 * followed. A file that is unchanged since the last push is not read. Memory holds some ten
 * thousand entries at a time. For a single use by one thread.
 */
final class LocalTree {
  /** Entries that are kept until their chunks are stored. */
  private static final int MOST_PENDING = 20_000;

  private static final int CHECKED_AT_ONCE = 10_000;
  private static final String ATTRIBUTES =
      "unix:mode,ino,dev,rdev,nlink,uid,gid,size,lastModifiedTime,ctime";
  private static final int TYPE = 0170000;
  private static final long LAST_SECOND = 0xffffffffL;

  /** A file that was changed this short before the push may change again within the same tick. */
  private static final long UNSETTLED_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Path root;
  private final Predicate<String> excluded;
  private final boolean reproducible;
  private final ChunkUpload upload;
  private final ChunkStore store;
  private final FileMemory memory;
  private final FlistWriter writer;
  private final Progress progress;
  private final Consumer<String> notes;
  private final long settledNanos;
  private final List<Pending> pending = new ArrayList<>();
  private final Map<Permissions, Permissions> permissions = new HashMap<>();
  private final Map<Integer, Name> users = new HashMap<>();
  private final Map<Integer, Name> groups = new HashMap<>();
  private final Map<String, List<Block>> linked = new HashMap<>();
  private final Set<ChunkId> unchecked = new HashSet<>();
  private int entries;

  /**
   * What is read and where it goes.
   *
   * @param root the directory
   * @param excluded tells by path, relative to the root, what to leave out
   * @param reproducible whether all entries belong to root and have the time 0
   * @param now the current time of the file system, in nanoseconds
   */
  record Source(Path root, Predicate<String> excluded, boolean reproducible, long now) {}

  private record Pending(
      FlistPath path,
      DirectoryNode self,
      List<Node> contents,
      Map<Name, FileMemory.Remembered> files) {}

  /** The hub has lost chunks of files that were not read. */
  static final class ForgottenChunksException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  LocalTree(
      Source source,
      ChunkUpload upload,
      ChunkStore store,
      FileMemory memory,
      FlistWriter writer,
      Progress progress,
      Consumer<String> notes) {
    this.root = source.root();
    this.excluded = source.excluded();
    this.reproducible = source.reproducible();
    this.settledNanos = source.now() - UNSETTLED_NANOS;
    this.upload = upload;
    this.store = store;
    this.memory = memory;
    this.writer = writer;
    this.progress = progress;
    this.notes = notes;
  }

  /**
   * Reads the whole directory.
   *
   * @throws ForgottenChunksException if all files have to be read again
   */
  void read() throws IOException {
    directory(root, FlistPath.ROOT, DirectoryNode.ROOT);
    flush();
    check();
    memory.commit();
  }

  private void directory(Path local, FlistPath path, DirectoryNode self) throws IOException {
    Map<Name, FileMemory.Remembered> known = memory.files(path);
    Map<Name, FileMemory.Remembered> files = new LinkedHashMap<>();
    List<Node> contents = new ArrayList<>();
    List<Child> directories = new ArrayList<>();
    for (Child child : children(local)) {
      FlistPath place = path.child(child.name());
      if (excluded.test(place.toString())) {
        continue;
      }
      Node node = node(child, place, known, files);
      if (node != null) {
        contents.add(node);
        if (node instanceof DirectoryNode) {
          directories.add(child);
        }
      }
    }
    Map<Name, Node> nodes = new HashMap<>();
    contents.forEach(node -> nodes.put(node.name(), node));
    pending.add(new Pending(path, self, contents, files));
    entries += contents.size() + 1;
    if (entries > MOST_PENDING) {
      flush();
    }
    for (Child child : directories) {
      directory(child.local(), path.child(child.name()), (DirectoryNode) nodes.get(child.name()));
    }
  }

  private record Child(Name name, Path local) {}

  private static List<Child> children(Path directory) throws IOException {
    List<Child> children = new ArrayList<>();
    try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
      for (Path local : names) {
        children.add(new Child(FileNames.bytes(local.getFileName()), local));
      }
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
    children.sort((one, other) -> one.name().compareTo(other.name()));
    return children;
  }

  /** The node of a local file; null if it is left out. */
  private Node node(
      Child child,
      FlistPath path,
      Map<Name, FileMemory.Remembered> known,
      Map<Name, FileMemory.Remembered> files)
      throws IOException {
    Map<String, Object> stat;
    try {
      stat = Files.readAttributes(child.local(), ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      notes.accept("skipped /" + PrintableText.of(path.bytes()) + ": it was just deleted");
      return null;
    }
    int mode = (Integer) stat.get("mode");
    Name name = child.name();
    long time = reproducible ? 0 : seconds((FileTime) stat.get("lastModifiedTime"));
    Permissions owner = owner(child.local(), stat, mode & 07777);
    return switch (mode & TYPE) {
      case 0040000 -> new DirectoryNode(name, owner, time, time);
      case 0100000 -> {
        List<Block> blocks = blocks(child, path, stat, known, files);
        yield new FileNode(name, owner, time, time, (Long) stat.get("size"), blocks);
      }
      case 0120000 -> {
        Name target = FileNames.bytes(Files.readSymbolicLink(child.local()));
        yield new LinkNode(name, mode(owner, 0777), time, time, target);
      }
      case 0020000 -> device(name, owner, time, SpecialNode.Type.CHARACTER, stat);
      case 0060000 -> device(name, owner, time, SpecialNode.Type.BLOCK, stat);
      case 0010000 ->
          new SpecialNode(name, owner, time, time, SpecialNode.Type.FIFO, SpecialNode.NOTHING);
      default -> {
        notes.accept("skipped /" + PrintableText.of(path.bytes()) + ": it is a socket");
        yield null;
      }
    };
  }

  /** The numbers of Linux: the major one in bits 8 to 19, and from bit 32 on. */
  private static SpecialNode device(
      Name name, Permissions owner, long time, SpecialNode.Type type, Map<String, Object> stat) {
    long device = (Long) stat.get("rdev");
    long major = ((device >> 8) & 0xfff) | ((device >> 32) & 0xfffff000L);
    long minor = (device & 0xff) | ((device >> 12) & 0xffffff00L);
    return new SpecialNode(name, owner, time, time, type, major + "," + minor);
  }

  private List<Block> blocks(
      Child child,
      FlistPath path,
      Map<String, Object> stat,
      Map<Name, FileMemory.Remembered> known,
      Map<Name, FileMemory.Remembered> files)
      throws IOException {
    long size = (Long) stat.get("size");
    long changed = nanos((FileTime) stat.get("ctime"));
    FileMemory.State state =
        new FileMemory.State(
            (Long) stat.get("ino"), size, nanos((FileTime) stat.get("lastModifiedTime")), changed);
    String inode = stat.get("dev") + ":" + stat.get("ino");
    boolean isLinked = (Integer) stat.get("nlink") > 1;
    List<Block> blocks = isLinked ? linked.get(inode) : null;
    FileMemory.Remembered earlier = known.get(child.name());
    if (blocks == null && earlier != null && earlier.state().equals(state)) {
      blocks = earlier.blocks();
      for (Block block : blocks) {
        unchecked.add(block.id());
      }
      if (unchecked.size() > CHECKED_AT_ONCE) {
        check();
      }
      progress.received(size);
    } else if (blocks == null) {
      blocks = content(child.local(), path, size);
    }
    progress.fileDone();
    if (isLinked) {
      linked.put(inode, blocks);
    }
    if (size > 0 && changed < settledNanos) {
      files.put(child.name(), new FileMemory.Remembered(state, blocks));
    }
    return blocks;
  }

  private List<Block> content(Path local, FlistPath path, long size) throws IOException {
    BlockSlots slots = new BlockSlots(size);
    if (size == 0) {
      return slots;
    }
    try (InputStream in = Files.newInputStream(local, LinkOption.NOFOLLOW_LINKS)) {
      long left = size;
      for (int piece = 0; left > 0; piece++) {
        int length = (int) Math.min(left, ChunkCodec.MAX_PLAIN);
        upload.add(
            slots,
            piece,
            length,
            (into, offset, count) -> {
              if (in.readNBytes(into, offset, count) < count) {
                throw new IOException(
                    "/%s became shorter while it was read: try again when nothing writes to it"
                        .formatted(PrintableText.of(path.bytes())));
              }
            });
        progress.received(length);
        left -= length;
      }
    }
    return slots;
  }

  private Permissions owner(Path local, Map<String, Object> stat, int mode) throws IOException {
    if (reproducible) {
      return interned(mode(Permissions.ROOT_DIRECTORY, mode));
    }
    int uid = (Integer) stat.get("uid");
    int gid = (Integer) stat.get("gid");
    if (!users.containsKey(uid) || !groups.containsKey(gid)) {
      PosixFileAttributes names =
          Files.readAttributes(local, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      users.put(uid, Name.of(names.owner().getName()));
      groups.put(gid, Name.of(names.group().getName()));
    }
    return interned(
        new Permissions(
            users.get(uid),
            groups.get(gid),
            mode,
            Integer.toUnsignedLong(uid),
            Integer.toUnsignedLong(gid)));
  }

  private static Permissions mode(Permissions owner, int mode) {
    return new Permissions(owner.user(), owner.group(), mode, owner.uid(), owner.gid());
  }

  private Permissions interned(Permissions set) {
    return permissions.computeIfAbsent(set, same -> same);
  }

  private void flush() throws IOException {
    upload.finish();
    for (Pending directory : pending) {
      writer.directory(directory.path(), directory.self(), directory.contents());
      memory.save(directory.path(), directory.files());
    }
    pending.clear();
    entries = 0;
  }

  private void check() throws ForgottenChunksException {
    if (!unchecked.isEmpty() && !store.missing(unchecked).isEmpty()) {
      throw new ForgottenChunksException();
    }
    unchecked.clear();
  }

  private static long seconds(FileTime time) {
    return Math.max(0, Math.min(LAST_SECOND, Math.floorDiv(nanos(time), 1_000_000_000L)));
  }

  private static long nanos(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS);
  }
}
