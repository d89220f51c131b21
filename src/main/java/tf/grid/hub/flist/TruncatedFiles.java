package tf.grid.hub.flist;

import tf.grid.hub.flist.Node.FileNode;

/**
 * Whether a flist may contain files with fewer blocks than their size needs. Flists made by earlier
 * tools have such files, of 16 MiB and more, because those tools lost the last block.
 */
public enum TruncatedFiles {
  /** Such a flist is damaged: no machine could read those files. */
  REFUSED,

  /** The size and the blocks are shown, and written, as they are. */
  SHOWN;

  /** Whether a file of a size may have so many blocks. */
  public boolean fit(long blocks, long size) {
    long expected = FileNode.blockCount(size);
    return blocks == expected || (this == SHOWN && blocks < expected);
  }
}
