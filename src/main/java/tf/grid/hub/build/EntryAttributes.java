package tf.grid.hub.build;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tf.grid.hub.build.tar.TarEntry;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.PrintableText;

/**
 * Owners, modes and times as a flist has them. Equal permission sets become one object, since most
 * entries of an archive share a few. For one thread.
 */
final class EntryAttributes {
  private static final int LINK_MODE = 0777;
  private static final long LAST_SECOND = 0xFFFF_FFFFL;
  private static final int BYTES_PER_SET = 256;

  private final Map<Permissions, Permissions> sets = new HashMap<>();
  private final ArchiveLimits limits;
  private final EntryBudget.Share memory;

  EntryAttributes(ArchiveLimits limits, EntryBudget.Share memory) {
    this.limits = limits;
    this.memory = memory;
  }

  Permissions permissions(TarEntry entry) throws ArchiveException {
    int mode = entry.type() == TarEntry.Type.SYMBOLIC_LINK ? LINK_MODE : entry.mode();
    Name user = owner(entry.user(), entry.uid());
    Name group = owner(entry.group(), entry.gid());
    Permissions set = new Permissions(user, group, mode, entry.uid(), entry.gid());
    Permissions known = sets.get(set);
    if (known != null) {
      return known;
    }
    memory.take(BYTES_PER_SET + user.length() + group.length());
    sets.put(set, set);
    return set;
  }

  /** Within what a flist can say. */
  static long time(TarEntry entry) {
    return Math.max(0, Math.min(LAST_SECOND, entry.modified()));
  }

  private Name owner(Name name, long number) throws ArchiveException {
    if (name.length() == 0) {
      return Name.of(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
    }
    if (name.length() > limits.componentBytes()) {
      throw new ArchiveException(
          "the archive has an owner's name of "
              + name.length()
              + " bytes; the limit is "
              + limits.componentBytes()
              + ", as for names of files");
    }
    refuseLineBreaks(name);
    return name;
  }

  /** A line break would make the hashed text of one permission set that of another. */
  private static void refuseLineBreaks(Name name) throws ArchiveException {
    for (byte b : name.bytes()) {
      if (b == '\n' || b == '\r' || b == 0) {
        throw new ArchiveException(
            "the archive has an owner's name with a control character that ends lines: "
                + PrintableText.of(name));
      }
    }
  }
}
