package tf.grid.hub.build.layer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.build.BuildContext;
import tf.grid.hub.build.NodeBuilder;
import tf.grid.hub.build.SafePath;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.tar.TarEntry;
import tf.grid.hub.build.tar.TarReader;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;

/** Reads one layer into a list of changes and stores the content of its files. Not thread-safe. */
final class LayerReader {
  /** Heap bytes of a change without its node, and of a name in its path, rounded up. */
  private static final int BYTES_PER_CHANGE = 128;

  private static final int BYTES_PER_NAME = 48;

  private final BuildContext work;
  private final NodeBuilder nodes;
  private final Whiteouts whiteouts;
  private final List<Layer.Change> changes = new ArrayList<>();

  LayerReader(BuildContext work, Whiteouts whiteouts) {
    this.work = work;
    this.nodes = new NodeBuilder(work);
    this.whiteouts = whiteouts;
  }

  Layer read(TarReader tar) throws IOException, ArchiveException {
    for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
      add(entry, tar);
    }
    return new Layer(changes);
  }

  /** Reserves the memory that a change needs until the layers are applied. */
  static void account(BuildContext work, SafePath path) throws ArchiveException {
    long names = 0;
    for (var name : path.names()) {
      names += BYTES_PER_NAME + name.length();
    }
    work.memory().take(BYTES_PER_CHANGE + names);
  }

  private void add(TarEntry entry, TarReader tar) throws IOException, ArchiveException {
    SafePath path = SafePath.of(entry.path(), work.limits());
    if (path.isRoot()) {
      path.refuseAsRoot(entry);
      if (!entry.attributes().isEmpty()) {
        place(path, DirectoryNode.ROOT, entry);
      }
      return;
    }
    account(work, path);
    if (whiteouts == Whiteouts.MEANT) {
      if (WhiteoutName.isMetadata(path)) {
        return;
      }
      Optional<Layer.Change> meaning = WhiteoutName.meaning(path);
      if (meaning.isPresent()) {
        work.account(0);
        changes.add(meaning.get());
        return;
      }
    }
    work.account(path.last().length());
    switch (entry.type()) {
      case HARD_LINK ->
          changes.add(new Layer.HardLinked(path, SafePath.of(entry.target(), work.limits())));
      case DIRECTORY -> place(path, nodes.directory(entry, path), entry);
      default -> place(path, nodes.leaf(entry, path, tar), entry);
    }
  }

  private void place(SafePath path, Node node, TarEntry entry) throws ArchiveException {
    work.memory().take(entry.attributes().size());
    changes.add(new Layer.Placed(path, node, entry.attributes()));
  }
}
