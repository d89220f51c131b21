package tf.grid.hub.search;

import java.util.List;
import java.util.OptionalLong;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.search.name.NameMatch.Kind;

/**
 * A search result: its name matches, or paths in it.
 *
 * @param kind its kind
 * @param repository its repository, or itself
 * @param name the displayed name
 * @param official whether the repository is official
 * @param updated modification time in Unix seconds
 * @param contentBytes size of all files of a flist; empty for others, or if not known yet
 * @param paths up to three matching paths in a flist, best ones first
 * @param morePaths whether the flist may have others
 */
public record SearchHit(
    Kind kind,
    RepositoryName repository,
    String name,
    boolean official,
    long updated,
    OptionalLong contentBytes,
    List<FlistPath> paths,
    boolean morePaths) {

  public SearchHit {
    paths = List.copyOf(paths);
  }
}
