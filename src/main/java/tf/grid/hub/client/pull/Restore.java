package tf.grid.hub.client.pull;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.client.pull.StagingDirectory.UnrestorableEntryException;
import tf.grid.hub.client.push.FileNames;
import tf.grid.hub.export.ReadAhead;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.Node.SpecialNode;
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

  private final Path target;
  private final boolean overwriting;
  private final boolean devices;
  private final EntryAttributes attributes;
  private final Progress progress;
  private final Consumer<String> notes;
  private final Deque<Open> open = new ArrayDeque<>();
  private StagingDirectory staging;

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
    this.overwriting = options.overwriting();
    this.devices = options.owners();
    this.attributes = new EntryAttributes(options.owners());
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
    try (DirectoryStream<Path> plain = Files.newDirectoryStream(target);
        SecureDirectoryStream<Path> top = secure(plain);
        StagingDirectory created = new StagingDirectory(target, top);
        ReadAhead ahead = new ReadAhead(store, threads, READ_AHEAD)) {
      staging = created;
      open.push(new Open(FlistPath.ROOT, DirectoryNode.ROOT, top, false));
      flist.walk((path, node) -> add(path, node, ahead));
      ahead.finish();
      while (open.size() > 1) {
        leave();
      }
    } finally {
      while (open.size() > 1) {
        open.pop().stream().close();
      }
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      return !entries.iterator().hasNext();
    }
  }

  /** The stream with methods relative to the directory. */
  static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream) throws IOException {
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    stream.close();
    throw new IOException(
        "this system cannot open files relative to a directory: use -o to get an archive instead");
  }

  private void add(FlistPath path, Node node, ReadAhead ahead) throws IOException {
    if (node instanceof FileNode file) {
      add(path, file, ahead);
    } else if (node instanceof DirectoryNode directory) {
      ahead.then(none -> enter(path, directory));
    } else {
      ahead.then(none -> place(path, node));
    }
  }

  private void add(FlistPath path, FileNode file, ReadAhead ahead) throws IOException {
    StagedFile content = new StagedFile(path, file);
    ahead.then(none -> content.begin(staging));
    for (Block block : file.blocks()) {
      ahead.then(
          block,
          plain -> {
            content.write(plain);
            progress.received(plain.length);
          });
    }
    ahead.then(
        none -> {
          content.end();
          move(path, file);
          progress.fileDone();
        });
  }

  private void place(FlistPath path, Node node) throws IOException {
    try {
      if (node instanceof LinkNode link) {
        staging.createLink(link);
      } else {
        staging.createSpecial((SpecialNode) node, devices);
      }
    } catch (UnrestorableEntryException e) {
      notes.accept("skipped /" + PrintableText.of(path.bytes()) + ": " + e.getMessage());
      return;
    }
    move(path, node);
  }

  /** Sets the attributes of the complete entry and moves it to its place. */
  private void move(FlistPath path, Node node) throws IOException {
    attributes.set(staging.entry(), node);
    staging.moveTo(parent(path), path);
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
      staging.createDirectory();
      attributes.setBefore(staging.entry(), node);
      staging.moveTo(parent, path);
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
      attributes.setAfter(stream, directory.node(), directory.fresh());
    }
  }
}
