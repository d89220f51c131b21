package tf.grid.hub.search.index;

import java.util.List;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.search.index.PathQuery.Rank;

/**
 * The flists that have matching paths, best ones first.
 *
 * @param flists up to 200
 * @param more whether there may be others
 */
public record PathMatches(List<FlistMatch> flists, boolean more) {

  public static final PathMatches NONE = new PathMatches(List.of(), false);

  public PathMatches {
    flists = List.copyOf(flists);
  }

  /**
   * A flist that has matching paths.
   *
   * @param flist the flist
   * @param rank that of its best path
   * @param paths up to three of them, best ones first
   * @param more whether it may have others
   */
  public record FlistMatch(FlistVersion flist, Rank rank, List<FlistPath> paths, boolean more) {

    public FlistMatch {
      paths = List.copyOf(paths);
    }
  }
}
