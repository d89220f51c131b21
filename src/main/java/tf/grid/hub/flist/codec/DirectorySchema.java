package tf.grid.hub.flist.codec;

import tf.grid.hub.flist.capnp.StructLayout;

/**
 * Positions of the fields of a directory and its entries, from {@code capnp compile -ocapnp} of
 * {@code flist.capnp}. Numbers are addressed in units of their own size, pointers by index.
 */
public final class DirectorySchema {
  public static final StructLayout DIR = new StructLayout(2, 5);
  public static final int DIR_NAME = 0;
  public static final int DIR_LOCATION = 1;
  public static final int DIR_CONTENTS = 2;
  public static final int DIR_PARENT = 3;
  public static final int DIR_ACLKEY = 4;
  public static final int DIR_SIZE = 0;
  public static final int DIR_MODIFIED = 2;
  public static final int DIR_CREATED = 3;

  public static final StructLayout INODE = new StructLayout(3, 3);
  public static final int INODE_NAME = 0;
  public static final int INODE_ATTRIBUTES = 1;
  public static final int INODE_ACLKEY = 2;
  public static final int INODE_SIZE = 0;
  public static final int INODE_WHICH = 4;
  public static final int INODE_MODIFIED = 3;
  public static final int INODE_CREATED = 4;

  public static final int IS_DIR = 0;
  public static final int IS_FILE = 1;
  public static final int IS_LINK = 2;
  public static final int IS_SPECIAL = 3;

  public static final StructLayout SUBDIR = new StructLayout(0, 1);
  public static final int SUBDIR_KEY = 0;

  public static final StructLayout FILE = new StructLayout(1, 1);
  public static final int FILE_BLOCK_SIZE = 0;
  public static final int FILE_BLOCKS = 0;

  public static final StructLayout BLOCK = new StructLayout(0, 2);
  public static final int BLOCK_HASH = 0;
  public static final int BLOCK_KEY = 1;

  public static final StructLayout LINK = new StructLayout(0, 1);
  public static final int LINK_TARGET = 0;

  public static final StructLayout SPECIAL = new StructLayout(1, 1);
  public static final int SPECIAL_TYPE = 0;
  public static final int SPECIAL_DATA = 0;

  /** The unit of {@code File.blockSize} in bytes. */
  public static final int BLOCK_UNIT = 4096;

  /** The only valid {@code File.blockSize}. */
  public static final int BLOCK_UNITS = 128;

  private DirectorySchema() {}
}
