package tf.grid.hub.flist;

import tf.grid.hub.flist.capnp.Layout;

/**
 * Where the fields of a directory and what it contains lie: what {@code capnp compile -ocapnp} says
 * of {@code flist.capnp}. Numbers count in units of their own size, pointers by themselves.
 */
final class DirectorySchema {
  static final Layout DIR = new Layout(2, 5);
  static final int DIR_NAME = 0;
  static final int DIR_LOCATION = 1;
  static final int DIR_CONTENTS = 2;
  static final int DIR_PARENT = 3;
  static final int DIR_ACLKEY = 4;
  static final int DIR_SIZE = 0;
  static final int DIR_MODIFIED = 2;
  static final int DIR_CREATED = 3;

  static final Layout INODE = new Layout(3, 3);
  static final int INODE_NAME = 0;
  static final int INODE_ATTRIBUTES = 1;
  static final int INODE_ACLKEY = 2;
  static final int INODE_SIZE = 0;
  static final int INODE_WHICH = 4;
  static final int INODE_MODIFIED = 3;
  static final int INODE_CREATED = 4;

  static final int IS_DIR = 0;
  static final int IS_FILE = 1;
  static final int IS_LINK = 2;
  static final int IS_SPECIAL = 3;

  static final Layout SUBDIR = new Layout(0, 1);
  static final int SUBDIR_KEY = 0;

  static final Layout FILE = new Layout(1, 1);
  static final int FILE_BLOCK_SIZE = 0;
  static final int FILE_BLOCKS = 0;

  static final Layout BLOCK = new Layout(0, 2);
  static final int BLOCK_HASH = 0;
  static final int BLOCK_KEY = 1;

  static final Layout LINK = new Layout(0, 1);
  static final int LINK_TARGET = 0;

  static final Layout SPECIAL = new Layout(1, 1);
  static final int SPECIAL_TYPE = 0;
  static final int SPECIAL_DATA = 0;

  /** {@code File.blockSize} counts in these bytes. */
  static final int BLOCK_UNIT = 4096;

  /** The one {@code File.blockSize} there is. */
  static final int BLOCK_UNITS = 128;

  /** Bytes of content in every block but the last. */
  static final long BLOCK_BYTES = (long) BLOCK_UNITS * BLOCK_UNIT;

  private DirectorySchema() {}

  /** Blocks that a file of this many bytes has. */
  static long blockCount(long size) {
    return size / BLOCK_BYTES + (size % BLOCK_BYTES == 0 ? 0 : 1);
  }
}
