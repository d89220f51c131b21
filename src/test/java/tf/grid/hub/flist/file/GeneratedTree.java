package tf.grid.hub.flist.file;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.Node.SpecialNode;
import tf.grid.hub.flist.Permissions;

/**
 * A tree as a plain map from paths to entries, for comparing what the hub does with what is easily
 * seen to be right. Few names are used, so that trees made from different seeds meet often.
 */
public final class GeneratedTree {
  private static final String[] NAMES = {"a", "b", "c", "dé", "e f", "z"};
  private static final int DEPTH = 3;

  private final Map<FlistPath, Node> nodes = new TreeMap<>();

  /** A tree of a hundred entries or so; the same seed gives the same tree. */
  public static GeneratedTree of(long seed) {
    GeneratedTree tree = new GeneratedTree();
    tree.fill(FlistPath.ROOT, new Random(seed), 0);
    return tree;
  }

  /** An empty tree. */
  public GeneratedTree() {}

  private void fill(FlistPath directory, Random random, int depth) {
    for (String text : NAMES) {
      if (random.nextInt(3) > 0) {
        Name name = Name.of(text);
        Node node = node(name, random, depth < DEPTH);
        nodes.put(directory.child(name), node);
        if (node instanceof DirectoryNode) {
          fill(directory.child(name), random, depth + 1);
        }
      }
    }
  }

  private static Node node(Name name, Random random, boolean deeper) {
    Permissions owner =
        new Permissions(Name.of("u" + random.nextInt(2)), Name.of("g"), 0644, random.nextInt(2), 5);
    long time = random.nextInt(3);
    return switch (random.nextInt(deeper ? 6 : 3)) {
      case 0 -> new FileNode(name, owner, time, time, 10, List.of(block(random.nextInt(3))));
      case 1 -> new LinkNode(name, owner, time, time, Name.of("to-" + random.nextInt(2)));
      case 2 ->
          new SpecialNode(
              name, owner, time, time, SpecialNode.Type.CHARACTER, "1," + random.nextInt(2));
      default -> new DirectoryNode(name, owner, time, time);
    };
  }

  private static Block block(long number) {
    return new Block(new ChunkId(1, number), new ChunkKey(2, number));
  }

  /** Every entry but the root, by path. */
  public Map<FlistPath, Node> nodes() {
    return nodes;
  }

  /** Sets an entry; its directory has to be there. */
  public GeneratedTree with(FlistPath path, Node node) {
    nodes.put(path, node);
    return this;
  }

  /** The flist of this tree. */
  public byte[] flist(Path workDir) throws IOException {
    Map<FlistPath, List<Node>> contents = new TreeMap<>();
    contents.put(FlistPath.ROOT, new ArrayList<>());
    nodes.forEach(
        (path, node) -> {
          contents.get(path.parent()).add(node);
          if (node instanceof DirectoryNode) {
            contents.put(path, new ArrayList<>());
          }
        });
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (FlistWriter writer = new FlistWriter(workDir)) {
      for (Map.Entry<FlistPath, List<Node>> directory : contents.entrySet()) {
        Node self = nodes.getOrDefault(directory.getKey(), DirectoryNode.ROOT);
        writer.directory(directory.getKey(), (DirectoryNode) self, directory.getValue());
      }
      writer.writeTo(out);
    }
    return out.toByteArray();
  }

  /** A reader of the flist of this tree. */
  public FlistReader open(Path workDir) throws IOException {
    return FlistReader.open(new ByteArrayInputStream(flist(workDir)), workDir, FlistLimits.DEFAULT);
  }

  /** The entries that a reader shows, in its order. */
  public static GeneratedTree read(FlistReader reader) throws IOException {
    GeneratedTree tree = new GeneratedTree();
    reader.walk(tree.nodes::put);
    return tree;
  }
}
