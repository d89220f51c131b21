package tf.grid.hub.client.pull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.Permissions;

/**
 * Sets owners, modes and times of restored entries.
 *
 * @param owners whether owners are restored; without them, the bits set-user-id and set-group-id
 *     are not either, because they would be those of the user
 */
record EntryAttributes(boolean owners) {
  private static final int SET_ID = 06000;
  private static final int OWNER_ALL = 0700;

  /** Sets all attributes of an entry that is no directory. */
  void set(Path entry, Node node) throws IOException {
    setOwner(entry, node.permissions());
    if (!(node instanceof LinkNode)) {
      int mode = node.permissions().mode();
      Files.setAttribute(entry, "unix:mode", owners ? mode : mode & ~SET_ID);
    }
    if (node instanceof FileNode) {
      setTime(Files.getFileAttributeView(entry, BasicFileAttributeView.class), node);
    } else {
      // Java would open a pipe or a device for that, and follow a link.
      NativeFiles.setTime(entry, node.modified());
    }
  }

  /** Sets owner and mode of a new directory, which the user can still write to. */
  void setBefore(Path entry, DirectoryNode node) throws IOException {
    setOwner(entry, node.permissions());
    int mode = node.permissions().mode();
    Files.setAttribute(entry, "unix:mode", owners ? mode : (mode & ~SET_ID) | OWNER_ALL);
  }

  /** Sets the final mode and time of a directory whose entries are complete. */
  void setAfter(SecureDirectoryStream<Path> directory, DirectoryNode node, boolean fresh)
      throws IOException {
    PosixFileAttributeView view = directory.getFileAttributeView(PosixFileAttributeView.class);
    int mode = node.permissions().mode();
    if (fresh && !owners && (mode & OWNER_ALL) != OWNER_ALL) {
      view.setPermissions(permissions(mode));
    }
    setTime(view, node);
  }

  private void setOwner(Path entry, Permissions permissions) throws IOException {
    if (owners && permissions.uid() >= 0 && permissions.gid() >= 0) {
      Files.setAttribute(entry, "unix:uid", (int) permissions.uid(), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(entry, "unix:gid", (int) permissions.gid(), LinkOption.NOFOLLOW_LINKS);
    }
  }

  private static void setTime(BasicFileAttributeView view, Node node) {
    try {
      view.setTimes(FileTime.from(node.modified(), TimeUnit.SECONDS), null, null);
    } catch (IOException e) {
      // Some file systems cannot store the time.
    }
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] all = PosixFilePermission.values(); // From 0400 down to 0001.
    for (int bit = 0; bit < all.length; bit++) {
      if ((mode & (0400 >> bit)) != 0) {
        set.add(all[bit]);
      }
    }
    return set;
  }
}
