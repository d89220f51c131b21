package tf.grid.hub.image.archive;

import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.image.layer.PackedLayer;

/** The kinds of files in an image archive. */
sealed interface ArchiveMember {

  /** A JSON document: a manifest, an index, a configuration or something else. Equal to itself. */
  final class Document implements ArchiveMember {
    private final byte[] json;

    Document(byte[] json) {
      this.json = json;
    }

    /** Its bytes; must not be modified. */
    byte[] json() {
      return json;
    }
  }

  /** A layer whose content is already stored. */
  record Unpacked(PackedLayer layer) implements ArchiveMember {}

  /** Any other file; an error only if the image needs it. */
  record Unusable(ArchiveException reason) implements ArchiveMember {}
}
