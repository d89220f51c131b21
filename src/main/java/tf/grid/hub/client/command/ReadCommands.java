package tf.grid.hub.client.command;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkCodec;
import tf.grid.hub.chunk.ChunkDamagedException;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.client.remote.HubStore;
import tf.grid.hub.client.terminal.ByteCount;
import tf.grid.hub.flist.Counts;
import tf.grid.hub.flist.DirectoryListing;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.diff.EntryKind;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.problem.PrintableText;

/** Commands that look into a flist. They read only the directories and chunks that they need. */
final class ReadCommands {
  private ReadCommands() {}

  /** A command about a path in a flist. */
  abstract static class EntryCommand extends HubCommand {
    @Parameters(index = "0", paramLabel = "FLIST", description = "repository/name, or a local file")
    String flist;

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "PATH",
        defaultValue = "/",
        description = "in the flist (default: /)")
    String path;

    FlistPath flistPath() {
      try {
        return FlistPath.of(path);
      } catch (IllegalArgumentException e) {
        throw usage(e.getMessage());
      }
    }

    Node entry(FlistReader reader) throws IOException {
      FlistPath wanted = flistPath();
      if (wanted.equals(FlistPath.ROOT)) {
        return reader.directory(wanted).self();
      }
      return reader.find(wanted.parent()).stream()
          .flatMap(above -> above.contents().stream())
          .filter(node -> node.name().equals(wanted.name()))
          .findFirst()
          .orElseThrow(() -> absent(wanted));
    }

    NoSuchEntry absent(FlistPath wanted) {
      return new NoSuchEntry(EntryText.path(wanted) + " in " + flist);
    }

    /** Shows an entry and everything below it. */
    void walk(FlistReader reader, FlistPath from, FlistReader.Visitor visitor) throws IOException {
      DirectoryListing listing = reader.find(from).orElseThrow(() -> absent(from));
      for (Node node : listing.contents()) {
        FlistPath child = from.child(node.name());
        visitor.entry(child, node);
        if (node instanceof DirectoryNode) {
          walk(reader, child, visitor);
        }
      }
    }
  }

  /** Wraps the exception that means "not found" for the exit code. */
  static final class NoSuchEntry extends java.util.NoSuchElementException {
    private static final long serialVersionUID = 1L;

    NoSuchEntry(String what) {
      super(what + " does not exist");
    }
  }

  /** Lists a directory. */
  @Command(
      name = "ls",
      mixinStandardHelpOptions = true,
      description = "Lists a directory of a flist, or the flists of a repository.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  hub-client ls alice",
        "  hub-client ls -l alice/my-system /etc",
        "  hub-client ls --json ./local.flist"
      })
  static final class ListEntries extends EntryCommand {
    @Option(names = "-l", description = "with mode, owner, size and time (UTC)")
    private boolean details;

    @Option(names = "--json", description = "print one JSON object per line")
    private boolean json;

    @Override
    public Integer call() throws IOException {
      if (flist.indexOf('/') < 0 && !java.nio.file.Files.isRegularFile(Path.of(flist))) {
        ChangeCommands.list(this, flist, json);
        return 0;
      }
      try (FlistReader reader = flist(flist)) {
        Node node = entry(reader);
        FlistPath wanted = flistPath();
        if (!(node instanceof DirectoryNode)) {
          print(wanted, node, EntryText.path(wanted));
          return 0;
        }
        for (Node child : reader.directory(wanted).contents()) {
          print(wanted.child(child.name()), child, child.name().printable());
        }
      }
      return 0;
    }

    private void print(FlistPath place, Node node, String shown) {
      if (json) {
        out().println(EntryText.json(place, node));
      } else {
        String mark = !details && node instanceof DirectoryNode ? "/" : "";
        out().println(details ? EntryText.line(node, shown) : shown + mark);
      }
    }
  }

  /** Prints a tree. */
  @Command(
      name = "tree",
      mixinStandardHelpOptions = true,
      description = "Prints a directory of a flist with everything below it, as a tree.",
      footerHeading = "%nExample:%n",
      footer = "  hub-client tree -L 2 alice/my-system")
  static final class PrintTree extends EntryCommand {
    @Option(
        names = "-L",
        paramLabel = "LEVELS",
        defaultValue = "1024",
        description = "levels below the directory")
    private int levels;

    @Override
    public Integer call() throws IOException {
      try (FlistReader reader = flist(flist)) {
        FlistPath from = flistPath();
        out().println(EntryText.path(from));
        print(reader, reader.find(from).orElseThrow(() -> absent(from)), "", levels);
      }
      return 0;
    }

    private void print(FlistReader reader, DirectoryListing listing, String indent, int left)
        throws IOException {
      int rest = listing.contents().size();
      for (Node node : listing.contents()) {
        boolean last = --rest == 0;
        out().println(indent + (last ? "└── " : "├── ") + label(node));
        if (node instanceof DirectoryNode && left > 1) {
          print(
              reader,
              reader.directory(listing.path().child(node.name())),
              indent + (last ? "    " : "│   "),
              left - 1);
        }
      }
    }

    private static String label(Node node) {
      return node.name().printable()
          + (node instanceof Node.LinkNode link ? " -> " + link.target().printable() : "");
    }
  }

  /** Describes a flist or an entry. */
  @Command(
      name = "stat",
      mixinStandardHelpOptions = true,
      description =
          "Describes an entry of a flist, or, without a path, the flist with its metadata.")
  static final class Stat extends EntryCommand {
    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Override
    public Integer call() throws IOException {
      try (FlistReader reader = flist(flist)) {
        if (flistPath().equals(FlistPath.ROOT)) {
          flist(reader);
        } else {
          Node node = entry(reader);
          out()
              .println(
                  json
                      ? EntryText.json(flistPath(), node)
                      : EntryText.line(node, EntryText.path(flistPath())));
        }
      }
      return 0;
    }

    private void flist(FlistReader reader) throws IOException {
      Counts counts = reader.counts();
      Map<String, String> metadata = new TreeMap<>(reader.metadata());
      if (json) {
        JsonObjectBuilder values = Json.createObjectBuilder();
        metadata.forEach(values::add);
        out()
            .println(
                Json.createObjectBuilder()
                    .add("regular", counts.regular())
                    .add("symlink", counts.symlink())
                    .add("directory", counts.directory())
                    .add("special", counts.special())
                    .add("fullsize", counts.fullsize())
                    .add("metadata", values)
                    .build());
        return;
      }
      out()
          .printf(
              "%d files with %s, %d directories, %d links, %d special files%n",
              counts.regular(),
              ByteCount.of(counts.fullsize()),
              counts.directory(),
              counts.symlink(),
              counts.special());
      metadata.forEach(
          (key, value) -> out().println(PrintableText.of(key) + ": " + PrintableText.of(value)));
    }
  }

  /** Prints a file. */
  @Command(
      name = "cat",
      mixinStandardHelpOptions = true,
      description = "Writes the content of a file of a flist to standard output.",
      footerHeading = "%nExample:%n",
      footer = "  hub-client cat alice/my-system /etc/hostname")
  static final class Cat extends EntryCommand {
    @Override
    public Integer call() throws IOException {
      FileNode file;
      try (FlistReader reader = flist(flist)) {
        Node node = entry(reader);
        if (!(node instanceof FileNode found)) {
          throw new IOException(
              EntryText.path(flistPath())
                  + " is no file but a "
                  + EntryText.kind(node)
                  + (node instanceof Node.LinkNode link ? " to " + link.target().printable() : ""));
        }
        file = found;
      }
      ChunkCodec codec = new ChunkCodec();
      try (HubStore store = new HubStore(http());
          OutputStream out = bytes()) {
        for (Block block : file.blocks()) {
          byte[] stored =
              store
                  .get(block.id())
                  .orElseThrow(() -> new IOException("the hub has no chunk " + block.id()));
          out.write(codec.decode(block, stored));
        }
      } catch (ChunkDamagedException e) {
        err().println("hub-client: " + e.getMessage());
        return HubClient.FINDINGS;
      }
      return 0;
    }
  }

  /** Finds entries. */
  @Command(
      name = "find",
      mixinStandardHelpOptions = true,
      description = "Prints the paths of all entries below a directory that match.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  hub-client find --name '*.conf' alice/my-system /etc",
        "  hub-client find --type link alice/my-system"
      })
  static final class Find extends EntryCommand {
    @Option(
        names = "--name",
        paramLabel = "PATTERN",
        description = "with names like this: * stands for any characters")
    private String pattern;

    @Option(
        names = "--type",
        paramLabel = "TYPE",
        description = "of this type: ${COMPLETION-CANDIDATES}")
    private EntryKind type;

    @Option(names = "--json", description = "print one JSON object per line")
    private boolean json;

    @Override
    public Integer call() throws IOException {
      PathMatcher matcher =
          pattern == null ? null : FileSystems.getDefault().getPathMatcher("glob:" + pattern);
      try (FlistReader reader = flist(flist)) {
        walk(
            reader,
            flistPath(),
            (place, node) -> {
              boolean found =
                  (type == null || EntryKind.of(node) == type)
                      && (matcher == null || matches(matcher, node));
              if (found) {
                out().println(json ? EntryText.json(place, node) : EntryText.path(place));
              }
            });
      }
      return 0;
    }

    private static boolean matches(PathMatcher matcher, Node node) {
      return matcher.matches(Path.of(node.name().toString()));
    }
  }

  /** Sums sizes. */
  @Command(
      name = "du",
      mixinStandardHelpOptions = true,
      description = {
        "Prints the size of each entry of a directory of a flist, and of all of them.",
        "The first number counts each chunk once, as it is read; the second one sums the sizes of"
            + " all files."
      })
  static final class DiskUsage extends EntryCommand {
    @Override
    public Integer call() throws IOException {
      try (FlistReader reader = flist(flist)) {
        FlistPath from = flistPath();
        Usage all = new Usage();
        for (Node node : reader.find(from).orElseThrow(() -> absent(from)).contents()) {
          Usage usage = new Usage();
          Consumer<Node> both =
              each -> {
                usage.add(each);
                all.add(each);
              };
          both.accept(node);
          FlistPath child = from.child(node.name());
          if (node instanceof DirectoryNode) {
            walk(reader, child, (path, each) -> both.accept(each));
          }
          out().println(usage.text(EntryText.path(child)));
        }
        out().println(all.text(EntryText.path(from)));
      }
      return 0;
    }

    private static final class Usage {
      private final Set<ChunkId> chunks = new HashSet<>();
      private long distinct;
      private long sum;

      void add(Node node) {
        if (node instanceof FileNode file) {
          sum += file.size();
          long left = file.size();
          for (Block block : file.blocks()) {
            long length = Math.min(left, FileNode.BLOCK_BYTES);
            distinct += chunks.add(block.id()) ? length : 0;
            left -= length;
          }
        }
      }

      String text(String path) {
        return "%12s %12s  %s".formatted(ByteCount.of(distinct), ByteCount.of(sum), path);
      }
    }
  }
}
