package tf.grid.hub.access;

/** What a change is, as far as the number of changes is limited. */
public enum ChangeKind {
  /** A change of a repository. */
  CHANGE,

  /** The conversion of a container image, which is also a change. */
  CONVERSION,

  /** Chunks, which are limited otherwise, and what ends work. */
  UNCOUNTED
}
