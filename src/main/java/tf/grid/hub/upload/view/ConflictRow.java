package tf.grid.hub.upload.view;

import java.util.List;
import java.util.Locale;
import tf.grid.hub.flist.diff.Kind;
import tf.grid.hub.flist.merge.Clash;
import tf.grid.hub.flist.merge.Version;

/**
 * What a merge would drop at a path, for people.
 *
 * @param path from the root
 * @param kept what is kept, and of which source
 * @param dropped what is not
 */
public record ConflictRow(String path, Side kept, List<Side> dropped) {

  /**
   * An entry of a source.
   *
   * @param source {@code repository/flist}
   * @param type such as {@code directory}
   * @param size bytes
   */
  public record Side(String source, String type, long size) {

    private static Side of(Version version, List<String> sources) {
      String type = Kind.of(version.node()).name().toLowerCase(Locale.ROOT);
      return new Side(sources.get(version.source()), type, version.node().size());
    }
  }

  static ConflictRow of(Clash clash, List<String> sources) {
    return new ConflictRow(
        "/" + clash.path(),
        Side.of(clash.kept(), sources),
        clash.dropped().stream().map(version -> Side.of(version, sources)).toList());
  }
}
