package tf.grid.hub.image.archive;

import tf.grid.hub.build.ArchiveRejected;
import tf.grid.hub.image.layer.PackedLayer;

/** What a file in an archive of an image turned out to be. */
sealed interface Member {

  /** A JSON document: a manifest, an index, a configuration or something else. Equal to itself. */
  final class Document implements Member {
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
  record Unpacked(PackedLayer layer) implements Member {}

  /** Neither; that matters only if the image needs it. */
  record Unusable(ArchiveRejected reason) implements Member {}
}
