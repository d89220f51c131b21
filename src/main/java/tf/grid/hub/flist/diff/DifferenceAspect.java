package tf.grid.hub.flist.diff;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.Node.SpecialNode;
import tf.grid.hub.flist.Permissions;

/** An aspect in which two entries of the same path differ. */
public enum DifferenceAspect {
  /** For example, a file and a directory. */
  TYPE,
  /** Bytes of a file, or the numbers of a device. */
  CONTENT,
  /** Target of a symbolic link. */
  TARGET,
  MODE,
  /** User or group, by name or number. */
  OWNER,
  /** Time of the last change of the content. */
  TIME;

  /** Returns all aspects in which two entries differ. */
  public static Set<DifferenceAspect> between(Node before, Node after) {
    Set<DifferenceAspect> found = EnumSet.noneOf(DifferenceAspect.class);
    if (!EntryKind.of(before).equals(EntryKind.of(after))) {
      found.add(TYPE);
    } else if (before instanceof FileNode old && after instanceof FileNode fresh) {
      addUnless(sameContent(old, fresh), CONTENT, found);
    } else if (before instanceof LinkNode old && after instanceof LinkNode fresh) {
      addUnless(old.target().equals(fresh.target()), TARGET, found);
    } else if (before instanceof SpecialNode old && after instanceof SpecialNode fresh) {
      addUnless(old.data().equals(fresh.data()), CONTENT, found);
    }
    Permissions old = before.permissions();
    Permissions fresh = after.permissions();
    addUnless(old.mode() == fresh.mode(), MODE, found);
    addUnless(sameOwner(old, fresh), OWNER, found);
    addUnless(before.modified() == after.modified(), TIME, found);
    return found;
  }

  private static void addUnless(
      boolean same, DifferenceAspect aspect, Set<DifferenceAspect> found) {
    if (!same) {
      found.add(aspect);
    }
  }

  /**
   * Compares keys only: the same bytes may have been compressed differently and so have other ids.
   */
  private static boolean sameContent(FileNode before, FileNode after) {
    return before.size() == after.size() && keys(before).equals(keys(after));
  }

  private static List<ChunkKey> keys(FileNode file) {
    return file.blocks().stream().map(Block::key).toList();
  }

  private static boolean sameOwner(Permissions before, Permissions after) {
    return before.user().equals(after.user())
        && before.group().equals(after.group())
        && before.uid() == after.uid()
        && before.gid() == after.gid();
  }
}
