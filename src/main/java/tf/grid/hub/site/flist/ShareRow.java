package tf.grid.hub.site.flist;

import java.util.ArrayList;
import java.util.List;
import tf.grid.hub.catalogue.browse.ContentShares;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.problem.PrintableText;
import tf.grid.hub.site.catalogue.PathParameter;

/**
 * A bar in the list of the largest entries of a directory. Immutable.
 *
 * @param name of the entry, with a slash behind that of a directory; empty for all others together
 * @param address the query that shows what is in a directory, or the file; empty for all others
 * @param bytes of content
 * @param percent of the content of the directory, with one decimal place
 */
public record ShareRow(String name, String address, long bytes, double percent) {

  /** Parameter of the page about the sizes in a directory. */
  static final String VIEW = "&view=sizes";

  static List<ShareRow> of(FlistPath directory, ContentShares shares) {
    List<ShareRow> rows = new ArrayList<>();
    for (ContentShares.Share share : shares.largest()) {
      boolean inside = share.node() instanceof DirectoryNode;
      String query = PathParameter.of(directory.child(share.node().name()));
      rows.add(
          new ShareRow(
              PrintableText.of(share.node().name().toString()) + (inside ? "/" : ""),
              query + (inside ? VIEW : ""),
              share.bytes(),
              percent(share.bytes(), shares.bytes())));
    }
    if (shares.others() > 0) {
      double percent = percent(shares.otherBytes(), shares.bytes());
      rows.add(new ShareRow("", "", shares.otherBytes(), percent));
    }
    return rows;
  }

  private static double percent(long part, long whole) {
    return Math.round(1000.0 * part / whole) / 10.0;
  }
}
