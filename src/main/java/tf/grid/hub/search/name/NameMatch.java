package tf.grid.hub.search.name;

import tf.grid.hub.catalogue.name.RepositoryName;

/**
 * Something whose name matches.
 *
 * @param kind its kind
 * @param repository its repository, or itself
 * @param name the displayed name
 * @param updated modification time in Unix seconds
 * @param rank how well it matches
 */
public record NameMatch(
    Kind kind, RepositoryName repository, String name, long updated, Rank rank) {

  /** The kinds of results, in the order of sorting among equals. */
  public enum Kind {
    REPOSITORY,
    FLIST,
    LINK,
    TAG,
    TAG_LINK
  }

  /** How well a name matches, best first. */
  public enum Rank {
    /** The query is the whole name. */
    EXACT,
    /** The name starts with the query. */
    PREFIX,
    /** The query is in the name. */
    PART,
    /** All words of the query are in the path. */
    WORDS
  }
}
