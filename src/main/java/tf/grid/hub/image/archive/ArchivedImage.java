package tf.grid.hub.image.archive;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.build.layer.Layer;
import tf.grid.hub.image.config.ImageConfig;
import tf.grid.hub.image.reference.Digest;

/**
 * The selected image of an archive.
 *
 * @param config its configuration
 * @param id digest of the configuration, which engines call the image id; empty before Docker 1.10
 * @param manifest digest of the manifest, if there is one
 * @param reference name of the image, if the archive contains it
 * @param layers lowest first; their content is stored
 */
public record ArchivedImage(
    ImageConfig config,
    Optional<Digest> id,
    Optional<Digest> manifest,
    Optional<String> reference,
    List<Layer> layers) {

  /** The source of the image, for the metadata {@code image} of a flist. */
  public Map<String, String> origin() {
    Map<String, String> origin = new LinkedHashMap<>();
    reference.ifPresent(text -> origin.put("reference", text));
    manifest.ifPresent(digest -> origin.put("digest", digest.toString()));
    id.ifPresent(digest -> origin.put("id", digest.toString()));
    origin.put("platform", config.platform().toString());
    return origin;
  }
}
