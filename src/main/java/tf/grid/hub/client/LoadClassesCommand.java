package tf.grid.hub.client;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.client.command.inspect.EntryText;
import tf.grid.hub.client.remote.HubHttp;
import tf.grid.hub.client.remote.HubLogins;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.flist.file.FlistWriter;

/**
 * Loads the classes that most commands need, while the JVM records them for the archive of classes
 * that the script makes.
 */
@Command(name = "load-classes", hidden = true)
final class LoadClassesCommand implements Callable<Integer> {
  private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

  @Override
  public Integer call() throws IOException {
    Path work = Files.createTempDirectory("hub-client-");
    Path flist = work.resolve("flist");
    try {
      FileNode file = new FileNode(Name.of("f"), Permissions.ROOT_DIRECTORY, 0, 0, 0, List.of());
      try (FlistWriter writer = new FlistWriter(work);
          OutputStream out = Files.newOutputStream(flist)) {
        writer.directory(FlistPath.ROOT, DirectoryNode.ROOT, List.of(file));
        writer.writeTo(out);
      }
      try (FlistReader reader = FlistReader.open(flist, work, FlistLimits.DEFAULT)) {
        reader.walk(LoadClassesCommand::show);
      }
      HubLogins.in(work);
      new HubHttp(NOWHERE, Optional.of("none")).json("/");
    } catch (IOException e) {
      return 0; // As expected, nobody answers.
    } finally {
      Files.deleteIfExists(flist);
      Files.deleteIfExists(work);
    }
    return 0;
  }

  private static void show(FlistPath path, Node node) {
    EntryText.line(node, EntryText.json(path, node).toString());
    new ChunkCodec();
  }
}
