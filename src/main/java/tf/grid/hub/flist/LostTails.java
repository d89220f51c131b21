package tf.grid.hub.flist;

import tf.grid.hub.flist.Node.FileNode;

/**
 * What to do about files whose size says more than their blocks hold. Flists that earlier tools
 * made have such files, of 16 MiB and more: their last block was lost.
 */
public enum LostTails {
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
