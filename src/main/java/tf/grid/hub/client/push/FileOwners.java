package tf.grid.hub.client.push;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.HashMap;
import java.util.Map;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Permissions;

/** Finds the owners of files; asks for each name once. Not thread-safe. */
final class FileOwners {
  private final boolean root;
  private final Map<Permissions, Permissions> permissions = new HashMap<>();
  private final Map<Integer, Name> users = new HashMap<>();
  private final Map<Integer, Name> groups = new HashMap<>();

  /**
   * Creates an instance.
   *
   * @param root whether all files are to belong to root
   */
  FileOwners(boolean root) {
    this.root = root;
  }

  /** The owner of a file with a mode; equal results are the same object. */
  Permissions of(Path file, FileStat stat, int mode) throws IOException {
    Permissions found = root ? withMode(Permissions.ROOT_DIRECTORY, mode) : read(file, stat, mode);
    return permissions.computeIfAbsent(found, same -> same);
  }

  private Permissions read(Path file, FileStat stat, int mode) throws IOException {
    if (!users.containsKey(stat.uid()) || !groups.containsKey(stat.gid())) {
      PosixFileAttributes names =
          Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      users.put(stat.uid(), Name.of(names.owner().getName()));
      groups.put(stat.gid(), Name.of(names.group().getName()));
    }
    return new Permissions(
        users.get(stat.uid()),
        groups.get(stat.gid()),
        mode,
        Integer.toUnsignedLong(stat.uid()),
        Integer.toUnsignedLong(stat.gid()));
  }

  private static Permissions withMode(Permissions owner, int mode) {
    return new Permissions(owner.user(), owner.group(), mode, owner.uid(), owner.gid());
  }
}
