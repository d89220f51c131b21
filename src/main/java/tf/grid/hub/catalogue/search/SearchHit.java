package tf.grid.hub.catalogue.search;

import tf.grid.hub.catalogue.name.RepositoryName;

/**
 * Something whose name was asked for.
 *
 * @param kind what it is
 * @param repository where it is, or itself
 * @param name as users see it; that of the repository for a repository
 * @param updated Unix seconds
 */
public record SearchHit(Kind kind, RepositoryName repository, String name, long updated) {

  /** What can be found, in the order among equals. */
  public enum Kind {
    /** A repository. */
    REPOSITORY,
    /** A flist. */
    FLIST,
    /** A link to a flist. */
    LINK,
    /** A tag. */
    TAG,
    /** A link to a tag. */
    TAG_LINK
  }
}
