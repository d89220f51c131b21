package tf.grid.hub.flist;

import java.util.List;
import tf.grid.hub.chunk.Block;

/**
 * An entry of a directory. Times are Unix seconds, 0…2³²−1. Immutable, except for the blocks of a
 * {@link FileNode} that is being built.
 */
public sealed interface Node {

  /** The name in its directory; empty for the root. */
  Name name();

  Permissions permissions();

  /** Time of the last change of the content. */
  long modified();

  /** Creation time in seconds since 1970. */
  long created();

  /**
   * The size in a flist: bytes of a file, bytes of a link's target, {@value DirectoryNode#SIZE} for
   * a directory, 0 for special files.
   */
  long size();

  /**
   * A device, a FIFO or a socket.
   *
   * @param name its name
   * @param permissions owner, group and mode
   * @param modified Unix seconds
   * @param created Unix seconds
   * @param type kind of special file
   * @param data {@code major,minor} in decimal for devices, otherwise {@code (nothing)}
   */
  public record SpecialNode(
      Name name, Permissions permissions, long modified, long created, Type type, String data)
      implements Node {

    /** Data of special files other than devices. */
    public static final String NOTHING = "(nothing)";

    /** Kinds of special files, with their numbers in the format. */
    public enum Type {
      SOCKET(0),
      BLOCK(1),
      CHARACTER(2),
      FIFO(3),
      /** Written by other tools for unknown kinds. */
      UNKNOWN(4);

      private final int number;

      Type(int number) {
        this.number = number;
      }

      public int number() {
        return number;
      }

      public static Type of(int number) {
        return number < UNKNOWN.number ? values()[number] : UNKNOWN;
      }
    }

    @Override
    public long size() {
      return 0;
    }
  }

  /**
   * A directory, without its entries.
   *
   * @param name its name; empty for the root
   * @param permissions owner, group and mode
   * @param modified Unix seconds
   * @param created Unix seconds
   */
  public record DirectoryNode(Name name, Permissions permissions, long modified, long created)
      implements Node {

    /** The size of every directory in a flist. */
    public static final long SIZE = 4096;

    /** The root of every flist, independent of the archive. */
    public static final DirectoryNode ROOT =
        new DirectoryNode(Name.EMPTY, Permissions.ROOT_DIRECTORY, 0, 0);

    @Override
    public long size() {
      return SIZE;
    }
  }

  /**
   * A regular file.
   *
   * @param name its name
   * @param permissions owner, group and mode
   * @param modified Unix seconds
   * @param created Unix seconds
   * @param size bytes of content
   * @param blocks one per 512 KiB of content, the last may be shorter; empty for an empty file;
   *     incomplete in a flist with {@link TruncatedFiles}
   */
  public record FileNode(
      Name name,
      Permissions permissions,
      long modified,
      long created,
      long size,
      List<Block> blocks)
      implements Node {
    /** Content of a block, in bytes; the last block of a file may have less. */
    public static final long BLOCK_BYTES = 512 << 10;

    /** The number of blocks of a file of this size in bytes. */
    public static long blockCount(long size) {
      return size / BLOCK_BYTES + (size % BLOCK_BYTES == 0 ? 0 : 1);
    }
  }

  /**
   * A symbolic link.
   *
   * @param name its name
   * @param permissions owner, group and mode (0777)
   * @param modified Unix seconds
   * @param created Unix seconds
   * @param target the target as written; arbitrary bytes
   */
  public record LinkNode(
      Name name, Permissions permissions, long modified, long created, Name target)
      implements Node {

    @Override
    public long size() {
      return target.length();
    }
  }
}
