package tf.grid.hub.image.archive;

import tf.grid.hub.build.ArchiveException;
import tf.grid.hub.image.layer.PackedLayer;

/** What a file in an archive of an image turned out to be. */
sealed interface ArchiveMember {

  /** A JSON document: a manifest, an index, a configuration or something else. Equal to itself. */
  final class Document implements ArchiveMember {
    private final byte[] json;

    Document(byte[] json) {
      this.json = json;
    }

    /** Its bytes, which nobody changes. */
    byte[] json() {
      return json;
    }
  }

  /** A layer, whose content is stored already. */
  record Unpacked(PackedLayer layer) implements ArchiveMember {}

  /** Neither; that matters only if the image needs it. */
  record Unusable(ArchiveException reason) implements ArchiveMember {}
}
