package tf.grid.hub.catalogue.search;

import tf.grid.hub.catalogue.name.RepositoryName;

/**
 * A search result.
 *
 * @param kind its kind
 * @param repository its repository, or itself
 * @param name the displayed name
 * @param updated Unix seconds
 */
public record SearchHit(Kind kind, RepositoryName repository, String name, long updated) {

  /** The kinds of results, in the order of sorting among equals. */
  public enum Kind {
    REPOSITORY,
    FLIST,
    LINK,
    TAG,
    TAG_LINK
  }
}
