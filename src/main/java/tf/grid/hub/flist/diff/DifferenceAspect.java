package tf.grid.hub.flist.diff;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.flist.FileNode;
import tf.grid.hub.flist.LinkNode;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.SpecialNode;

/** In what two entries of one path differ. */
public enum DifferenceAspect {
  /** One is a file, say, and the other a directory. */
  TYPE,
  /** Bytes of a file, or what a device stands for. */
  CONTENT,
  /** Where a symbolic link points to. */
  TARGET,
  /** Permission bits. */
  MODE,
  /** User or group, by name or number. */
  OWNER,
  /** When the content was changed. */
  TIME;

  /** All that two entries differ in; empty when they are the same. */
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
   * By keys alone: the same bytes may have been compressed to other ones, and so have other ids.
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
