package tf.grid.hub.client.push;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tf.grid.hub.build.Readme;
import tf.grid.hub.build.chunking.ChunkUpload;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.client.push.FileMemory.Remembered;
import tf.grid.hub.client.push.LocalFiles.ForgottenChunksException;
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

/**
 * Reads a local directory into a flist and stores the chunks of its files. Symbolic links are not
 * followed. Memory holds some ten thousand entries at a time. For a single use by one thread.
 */
final class LocalTree {
  /** Entries that are kept until their chunks are stored. */
  private static final int MOST_PENDING = 20_000;

  private final LocalPush.Source source;
  private final ChunkUpload upload;
  private final LocalFiles contents;
  private final FileOwners owners;
  private final FileMemory memory;
  private final FlistWriter writer;
  private final Consumer<String> notes;
  private final List<Pending> pending = new ArrayList<>();
  private int entries;

  private record Pending(
      FlistPath path, DirectoryNode self, List<Node> contents, Map<Name, Remembered> files) {}

  LocalTree(
      LocalPush.Source source,
      ChunkUpload upload,
      LocalFiles contents,
      FileMemory memory,
      FlistWriter writer,
      Consumer<String> notes) {
    this.source = source;
    this.upload = upload;
    this.contents = contents;
    this.owners = new FileOwners(source.reproducible());
    this.memory = memory;
    this.writer = writer;
    this.notes = notes;
  }

  /**
   * Reads the whole directory.
   *
   * @throws ForgottenChunksException if all files have to be read again
   */
  void read() throws IOException {
    directory(source.root(), FlistPath.ROOT, DirectoryNode.ROOT);
    flush();
    contents.check();
    memory.commit();
  }

  /** The text of the readme; empty if there is none or it is not text. */
  Optional<String> readme() throws IOException {
    for (Name name : Readme.NAMES) {
      Path file = source.root().resolve(name.toString());
      if (!source.excluded().test(name.toString())
          && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Files.size(file) <= Readme.MAX_BYTES) {
        Optional<String> text = Readme.text(Files.readAllBytes(file));
        if (text.isPresent()) {
          return text;
        }
      }
    }
    return Optional.empty();
  }

  private void directory(Path local, FlistPath path, DirectoryNode self) throws IOException {
    Map<Name, Remembered> earlier = memory.files(path);
    Map<Name, Remembered> files = new LinkedHashMap<>();
    List<Node> nodes = new ArrayList<>();
    Map<Child, DirectoryNode> directories = new LinkedHashMap<>();
    for (Child child : children(local)) {
      FlistPath place = path.child(child.name());
      if (source.excluded().test(place.toString())) {
        continue;
      }
      Node node = node(child, place, earlier, files);
      if (node != null) {
        nodes.add(node);
      }
      if (node instanceof DirectoryNode directory) {
        directories.put(child, directory);
      }
    }
    pending.add(new Pending(path, self, nodes, files));
    entries += nodes.size() + 1;
    if (entries > MOST_PENDING) {
      flush();
    }
    for (Map.Entry<Child, DirectoryNode> child : directories.entrySet()) {
      Name name = child.getKey().name();
      directory(child.getKey().local(), path.child(name), child.getValue());
    }
  }

  private record Child(Name name, Path local) {}

  private static List<Child> children(Path directory) throws IOException {
    List<Child> children = new ArrayList<>();
    try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
      for (Path local : names) {
        children.add(new Child(FileNames.bytes(local.getFileName()), local));
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    children.sort(Comparator.comparing(Child::name));
    return children;
  }

  /**
   * The node of a local file; null if it is left out.
   *
   * @param earlier the files of the directory in the last push
   * @param files receives those of this one
   */
  private Node node(
      Child child, FlistPath path, Map<Name, Remembered> earlier, Map<Name, Remembered> files)
      throws IOException {
    FileStat stat;
    try {
      stat = FileStat.of(child.local());
    } catch (NoSuchFileException e) {
      return skipped(path, "it was just deleted");
    }
    Name name = child.name();
    long time = source.reproducible() ? 0 : stat.modifiedSeconds();
    Permissions owner = owners.of(child.local(), stat, stat.permissions());
    return switch (stat.type()) {
      case 0040000 -> new DirectoryNode(name, owner, time, time);
      case 0100000 -> {
        List<Block> blocks = contents.store(child.local(), path, stat, earlier.get(name));
        if (contents.isSettled(stat)) {
          files.put(name, new Remembered(stat.state(), blocks));
        }
        yield new FileNode(name, owner, time, time, stat.size(), blocks);
      }
      case 0120000 -> {
        Name target = FileNames.bytes(Files.readSymbolicLink(child.local()));
        yield new LinkNode(name, owners.of(child.local(), stat, 0777), time, time, target);
      }
      case 0020000 -> {
        String numbers = stat.deviceNumbers();
        yield new SpecialNode(name, owner, time, time, SpecialNode.Type.CHARACTER, numbers);
      }
      case 0060000 -> {
        String numbers = stat.deviceNumbers();
        yield new SpecialNode(name, owner, time, time, SpecialNode.Type.BLOCK, numbers);
      }
      case 0010000 ->
          new SpecialNode(name, owner, time, time, SpecialNode.Type.FIFO, SpecialNode.NOTHING);
      default -> skipped(path, "it is a socket");
    };
  }

  private Node skipped(FlistPath path, String why) {
    notes.accept("skipped /" + PrintableText.of(path.bytes()) + ": " + why);
    return null;
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
}
