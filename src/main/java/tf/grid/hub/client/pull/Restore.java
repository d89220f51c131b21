package tf.grid.hub.client.pull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.client.push.FileNames;
import tf.grid.hub.export.ReadAhead;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.Node.SpecialNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.problem.PrintableText;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.store.ChunkStore;

/**
 * Restores the tree of a flist in a directory, and never outside of it. Every entry is completed in
 * a private directory inside the target and then moved to its place, relative to an open directory:
 * no path is resolved that the flist, or another process, could have redirected by a link. A file
 * in its place is complete. For a single use by one thread.
 */
public final class Restore {
  private static final int READ_AHEAD = 16;
  private static final int SET_ID = 06000;
  private static final Pattern DEVICE = Pattern.compile("([0-9]{1,9}),([0-9]{1,9})");

  private final Path target;
  private final boolean owners;
  private final boolean overwriting;
  private final Progress progress;
  private final Consumer<String> notes;
  private final Deque<Open> open = new ArrayDeque<>();
  private SecureDirectoryStream<Path> staging;
  private Path stagingPath;

  /**
   * Options of a restore.
   *
   * @param target the directory
   * @param owners whether to set owners and create devices, which only root may do
   * @param overwriting whether to replace existing files
   */
  public record Options(Path target, boolean owners, boolean overwriting) {}

  private record Open(
      FlistPath path, DirectoryNode node, SecureDirectoryStream<Path> stream, boolean fresh) {}

  /**
   * Prepares a restore.
   *
   * @param progress receives the progress
   * @param notes receives what was left out, as printable text
   */
  public Restore(Options options, Progress progress, Consumer<String> notes) {
    this.target = options.target();
    this.owners = options.owners();
    this.overwriting = options.overwriting();
    this.progress = progress;
    this.notes = notes;
  }

  /**
   * Restores a flist.
   *
   * @param store has the chunks, each of which is verified
   * @param threads fetch chunks
   * @throws tf.grid.hub.export.ExportException if a chunk is missing or damaged
   */
  public void run(FlistReader flist, ChunkStore store, ExecutorService threads) throws IOException {
    Files.createDirectories(target);
    if (!overwriting && !isEmpty(target)) {
      throw new DirectoryNotEmptyException(
          target + " is not empty: use an empty directory, or --overwrite");
    }
    stagingPath =
        Files.createTempDirectory(
            target,
            ".hub-pull-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try (DirectoryStream<Path> plain = Files.newDirectoryStream(target);
        SecureDirectoryStream<Path> top = secure(plain);
        SecureDirectoryStream<Path> staged =
            secure(top.newDirectoryStream(stagingPath.getFileName(), LinkOption.NOFOLLOW_LINKS));
        ReadAhead ahead = new ReadAhead(store, threads, READ_AHEAD)) {
      staging = staged;
      open.push(new Open(FlistPath.ROOT, DirectoryNode.ROOT, top, false));
      flist.walk((path, node) -> add(path, node, ahead));
      ahead.finish();
      while (open.size() > 1) {
        leave();
      }
    } finally {
      clean();
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      return !entries.iterator().hasNext();
    }
  }

  private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream)
      throws IOException {
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    stream.close();
    throw new IOException(
        "this system cannot open files relative to a directory: use -o to get an archive instead");
  }

  /** Leaves nothing behind after a failure either. */
  private void clean() throws IOException {
    while (open.size() > 1) {
      open.pop().stream().close();
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(stagingPath)) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      return;
    }
    Files.deleteIfExists(stagingPath);
  }

  private void add(FlistPath path, Node node, ReadAhead ahead) throws IOException {
    if (node instanceof FileNode file) {
      add(path, file, ahead);
    } else if (node instanceof DirectoryNode directory) {
      ahead.then(none -> enter(path, directory));
    } else if (node instanceof LinkNode link) {
      ahead.then(none -> link(path, link));
    } else {
      ahead.then(none -> special(path, (SpecialNode) node));
    }
  }

  private void add(FlistPath path, FileNode file, ReadAhead ahead) throws IOException {
    Content content = new Content(path, file);
    ahead.then(none -> content.begin());
    for (Block block : file.blocks()) {
      ahead.then(block, content::write);
    }
    ahead.then(none -> content.end());
  }

  /** A file on its way to its place. */
  private final class Content {
    private final FlistPath path;
    private final FileNode file;
    private FileChannel channel;
    private long written;

    Content(FlistPath path, FileNode file) {
      this.path = path;
      this.file = file;
    }

    void begin() throws IOException {
      channel =
          FileChannel.open(
              stagingPath.resolve("entry"),
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    void write(byte[] plain) throws IOException {
      long expected = Math.min(FileNode.BLOCK_BYTES, file.size() - written);
      if (plain.length != expected) {
        channel.close();
        throw new IOException(
            "a chunk of /%s has %d bytes, not %d: the flist is damaged"
                .formatted(PrintableText.of(path.bytes()), plain.length, expected));
      }
      if (isZero(plain)) {
        written += plain.length; // A hole.
      } else {
        channel.position(written);
        for (ByteBuffer rest = ByteBuffer.wrap(plain); rest.hasRemaining(); ) {
          written += channel.write(rest);
        }
      }
      progress.received(plain.length);
    }

    void end() throws IOException {
      try (FileChannel complete = channel) {
        if (complete.size() < file.size()) {
          complete.write(ByteBuffer.allocate(1), file.size() - 1);
        }
      }
      place(path, file, file.permissions().mode());
      progress.fileDone();
    }

    private static boolean isZero(byte[] plain) {
      for (byte b : plain) {
        if (b != 0) {
          return false;
        }
      }
      return true;
    }
  }

  private void link(FlistPath path, LinkNode link) throws IOException {
    try {
      Files.createSymbolicLink(stagingPath.resolve("entry"), FileNames.path(link.target()));
    } catch (InvalidPathException | IndexOutOfBoundsException e) {
      skip(path, "the target of the link cannot exist");
      return;
    }
    place(path, link, -1);
  }

  private void special(FlistPath path, SpecialNode node) throws IOException {
    int type =
        switch (node.type()) {
          case FIFO -> 0010000;
          case CHARACTER -> 0020000;
          case BLOCK -> 0060000;
          case SOCKET, UNKNOWN -> 0;
        };
    if (type == 0) {
      skip(path, "sockets and unknown files cannot be restored");
      return;
    }
    Matcher numbers = DEVICE.matcher(node.data());
    boolean device = node.type() != SpecialNode.Type.FIFO;
    if (device && !numbers.matches()) {
      skip(path, "the device has no valid number");
      return;
    }
    if (device && !owners) {
      skip(path, "only root can create devices");
      return;
    }
    try {
      NativeFiles.createNode(
          stagingPath.resolve("entry"),
          type | 0600,
          device ? Long.parseLong(numbers.group(1)) : 0,
          device ? Long.parseLong(numbers.group(2)) : 0);
    } catch (IOException e) {
      skip(path, e.getMessage());
      return;
    }
    place(path, node, node.permissions().mode());
  }

  private void skip(FlistPath path, String why) {
    notes.accept("skipped /" + PrintableText.of(path.bytes()) + ": " + why);
  }

  /** Sets the attributes of the complete entry and moves it to its place. */
  private void place(FlistPath path, Node node, int mode) throws IOException {
    Path entry = stagingPath.resolve("entry");
    own(entry, node.permissions());
    if (mode >= 0) {
      Files.setAttribute(entry, "unix:mode", owners ? mode : mode & ~SET_ID);
    }
    if (node instanceof FileNode || node instanceof DirectoryNode) {
      time(Files.getFileAttributeView(entry, BasicFileAttributeView.class), node);
    } else {
      // Java would open a pipe or a device for that, and follow a link.
      NativeFiles.setTime(entry, node.modified());
    }
    move(path);
  }

  private void move(FlistPath path) throws IOException {
    SecureDirectoryStream<Path> parent = parent(path);
    Path name = FileNames.single(path.name());
    try {
      staging.move(Path.of("entry"), parent, name);
    } catch (FileSystemException e) {
      throw new IOException(
          "cannot create /%s: %s".formatted(PrintableText.of(path.bytes()), e.getReason()), e);
    }
  }

  private void own(Path entry, Permissions permissions) throws IOException {
    if (owners && permissions.uid() >= 0 && permissions.gid() >= 0) {
      Files.setAttribute(entry, "unix:uid", (int) permissions.uid(), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(entry, "unix:gid", (int) permissions.gid(), LinkOption.NOFOLLOW_LINKS);
    }
  }

  private static void time(BasicFileAttributeView view, Node node) {
    FileTime time = FileTime.from(node.modified(), java.util.concurrent.TimeUnit.SECONDS);
    try {
      view.setTimes(time, null, null);
    } catch (IOException e) {
      // Some systems cannot set the time of a symbolic link.
    }
  }

  /** Creates a directory and opens it. */
  private void enter(FlistPath path, DirectoryNode node) throws IOException {
    SecureDirectoryStream<Path> parent = parent(path);
    Path name = FileNames.single(path.name());
    boolean exists = overwriting && isDirectory(parent, name);
    if (overwriting && !exists) {
      removeFile(parent, name);
    }
    if (!exists) {
      Path entry = Files.createDirectory(stagingPath.resolve("entry"));
      own(entry, node.permissions());
      int mode = node.permissions().mode();
      Files.setAttribute(entry, "unix:mode", owners ? mode : (mode & ~SET_ID) | 0700);
      move(path);
    }
    DirectoryStream<Path> stream = parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    open.push(new Open(path, node, secure(stream), !exists));
  }

  /** A directory cannot replace a file. */
  private static void removeFile(SecureDirectoryStream<Path> parent, Path name) throws IOException {
    try {
      parent.deleteFile(name);
    } catch (NoSuchFileException e) {
      // There is nothing in the way.
    }
  }

  private static boolean isDirectory(SecureDirectoryStream<Path> parent, Path name)
      throws IOException {
    try {
      return parent
          .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .readAttributes()
          .isDirectory();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** The open directory of an entry; directories that are complete are left. */
  private SecureDirectoryStream<Path> parent(FlistPath path) throws IOException {
    FlistPath wanted = path.parent();
    while (!open.element().path().equals(wanted)) {
      leave();
    }
    return open.element().stream();
  }

  private void leave() throws IOException {
    Open directory = open.pop();
    try (SecureDirectoryStream<Path> stream = directory.stream()) {
      PosixFileAttributeView view = stream.getFileAttributeView(PosixFileAttributeView.class);
      int mode = directory.node().permissions().mode();
      if (directory.fresh() && !owners && (mode & 0700) != 0700) {
        view.setPermissions(permissions(mode));
      }
      time(view, directory.node());
    }
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] all = PosixFilePermission.values(); // From 0400 down to 0001.
    for (int bit = 0; bit < all.length; bit++) {
      if ((mode & (0400 >> bit)) != 0) {
        set.add(all[bit]);
      }
    }
    return set;
  }
}
