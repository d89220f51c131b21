package tf.grid.hub.field;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.build.layer.LayerBuilder;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.build.layer.Layers;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.image.archive.ImageArchive;
import tf.grid.hub.image.bench.ImageLayout;
import tf.grid.hub.image.bench.ManyLayers;
import tf.grid.hub.progress.Progress;

/**
 * An image of many layers has the files that umoci unpacks. Docker accepts at most 125 layers, and
 * Podman copies the tree for each.
 */
@NeedsPrograms(
    value = {"tar", "umoci"},
    root = true)
class ManyLayersTest {
  @RegisterExtension private final Layers layers = new Layers();
  @TempDir private Path directory;

  @Test
  void whiteouts_replaced_files_and_hard_links_of_two_hundred_layers_are_applied_in_order()
      throws Exception {
    ManyLayers.in(directory.resolve("layout"), 200);
    Shell shell = new Shell(directory);
    shell.output("umoci unpack --image layout:" + ImageLayout.TAG + " bundle");
    shell.output("tar -C layout -cf image.tar .");

    Map<String, String> flist = converted(directory.resolve("image.tar"));
    assertThat(flist).hasSizeGreaterThan(50);
    assertThat(flist).isEqualTo(TreeListing.of(shell, "bundle/rootfs"));
  }

  private Map<String, String> converted(Path archive) throws Exception {
    LayerBuilder builder = layers.builder(ArchiveLimits.DEFAULT);
    try (LayeredBuild build = builder.begin("alice", Progress.NONE);
        InputStream in = Files.newInputStream(archive)) {
      var image = ImageArchive.read(build, builder, in).image(Optional.empty());
      Layers.Result result = layers.result(build, image.layers());
      Map<String, String> contents = layers.shown(result);
      Map<String, String> listing = new TreeMap<>();
      result
          .nodes()
          .forEach((path, node) -> listing.put("/" + path, line(node, contents.get(path))));
      return listing;
    }
  }

  private static String line(Node node, String content) {
    String owner = node.permissions().uid() + ":" + node.permissions().gid();
    int mode = node.permissions().mode();
    if (node instanceof DirectoryNode) {
      return TreeListing.line("directory", mode, owner, node.modified(), "");
    } else if (node instanceof LinkNode link) {
      return TreeListing.line("link", mode, owner, node.modified(), link.target().toString());
    }
    byte[] bytes = content.getBytes(UTF_8);
    String detail = bytes.length + " " + ImageLayout.sha256(bytes);
    return TreeListing.line("file", mode, owner, node.modified(), detail);
  }
}
