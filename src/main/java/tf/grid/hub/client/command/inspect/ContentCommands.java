package tf.grid.hub.client.command.inspect;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.client.command.JsonOption;
import tf.grid.hub.client.remote.HubStore;
import tf.grid.hub.client.terminal.ByteCount;
import tf.grid.hub.export.ReadAhead;
import tf.grid.hub.flist.Counts;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.problem.PrintableText;

/** Commands that print what an entry of a flist is and contains. */
public final class ContentCommands {
  private ContentCommands() {}

  /** Describes a flist or an entry. */
  @Command(
      name = "stat",
      mixinStandardHelpOptions = true,
      description =
          "Describes an entry of a flist, or, without a path, the flist with its metadata.")
  public static final class Stat extends EntryCommand {
    @Mixin private JsonOption json;

    @Override
    public Integer call() throws IOException {
      try (FlistReader reader = flist(flist)) {
        if (flistPath().equals(FlistPath.ROOT)) {
          flist(reader);
        } else {
          Node node = entry(reader);
          out()
              .println(
                  json.on()
                      ? EntryText.json(flistPath(), node)
                      : EntryText.line(node, EntryText.path(flistPath())));
        }
      }
      return 0;
    }

    private void flist(FlistReader reader) throws IOException {
      Counts counts = reader.counts();
      Map<String, String> metadata = new TreeMap<>(reader.metadata());
      if (json.on()) {
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

  /** Sums sizes. */
  @Command(
      name = "du",
      mixinStandardHelpOptions = true,
      description = {
        "Prints the size of each entry of a directory of a flist, and of all of them.",
        "The first number counts each chunk once, as it is read; the second one sums the sizes of"
            + " all files."
      })
  public static final class DiskUsage extends EntryCommand {
    @Mixin private JsonOption json;

    /** Where each chunk was last found. Entries come one after the other, so that is enough. */
    private final Map<ChunkId, Usage> lastUse = new HashMap<>();

    @Override
    public Integer call() throws IOException {
      try (FlistReader reader = flist(flist)) {
        FlistPath from = flistPath();
        Usage all = new Usage();
        for (Node node : reader.find(from).orElseThrow(() -> absent(from)).contents()) {
          Usage usage = new Usage();
          add(node, usage, all);
          FlistPath child = from.child(node.name());
          if (node instanceof DirectoryNode) {
            walk(reader, child, (path, each) -> add(each, usage, all));
          }
          print(child, usage);
        }
        print(from, all);
      }
      return 0;
    }

    private void add(Node node, Usage usage, Usage all) {
      if (node instanceof FileNode file) {
        usage.sum += file.size();
        all.sum += file.size();
        long left = file.size();
        for (Block block : file.blocks()) {
          long length = Math.min(left, FileNode.BLOCK_BYTES);
          Usage earlier = lastUse.put(block.id(), usage);
          usage.distinct += earlier == usage ? 0 : length;
          all.distinct += earlier == null ? length : 0;
          left -= length;
        }
      }
    }

    private void print(FlistPath path, Usage usage) {
      out().println(json.on() ? usage.json(path) : usage.text(EntryText.path(path)));
    }

    private static final class Usage {
      private long distinct;
      private long sum;

      JsonObject json(FlistPath path) {
        return Json.createObjectBuilder()
            .add("path", "/" + path)
            .add("distinct", distinct)
            .add("size", sum)
            .build();
      }

      String text(String path) {
        return "%12s %12s  %s".formatted(ByteCount.of(distinct), ByteCount.of(sum), path);
      }
    }
  }

  /** Prints a file. */
  @Command(
      name = "cat",
      mixinStandardHelpOptions = true,
      description = "Writes the content of a file of a flist to standard output.",
      footerHeading = "%nExample:%n",
      footer = "  hub-client cat alice/my-system /etc/hostname")
  public static final class Cat extends EntryCommand {
    private static final int READ_AHEAD = 16;

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
      ExecutorService threads = readers();
      try (HubStore store = new HubStore(http());
          OutputStream out = bytes();
          ReadAhead ahead = new ReadAhead(store, threads, READ_AHEAD)) {
        for (Block block : file.blocks()) {
          ahead.then(block, out::write);
        }
        ahead.finish();
      } finally {
        threads.shutdownNow();
      }
      return 0;
    }
  }
}
