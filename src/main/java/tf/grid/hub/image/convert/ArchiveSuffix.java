package tf.grid.hub.image.convert;

import java.util.List;

/** What names of image archives end with. Stateless. */
final class ArchiveSuffix {
  private static final List<String> USUAL =
      List.of(".tar.gz", ".tar.zst", ".oci.tar", ".docker.tar", ".tar", ".tgz", ".oci");

  private ArchiveSuffix() {}

  /** The name without the longest of them. */
  static String removed(String name) {
    return USUAL.stream()
        .filter(name::endsWith)
        .findFirst()
        .map(suffix -> name.substring(0, name.length() - suffix.length()))
        .orElse(name);
  }
}
