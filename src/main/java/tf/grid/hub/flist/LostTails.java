package tf.grid.hub.flist;

/**
 * What to do about files whose size says more than their blocks hold. Flists that earlier tools
 * made have such files, of 16 MiB and more: their last block was lost.
 */
public enum LostTails {
  /** Such a flist is damaged: no machine could read those files. */
  REFUSED,

  /** The size and the blocks are shown as they are, for looking into what is published already. */
  SHOWN
}
