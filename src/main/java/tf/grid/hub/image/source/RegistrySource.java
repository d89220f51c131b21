package tf.grid.hub.image.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.build.layer.Layer;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.image.PullException.MalformedImageException;
import tf.grid.hub.image.config.ImageConfig;
import tf.grid.hub.image.config.ImageConfigReader;
import tf.grid.hub.image.layer.KnownLayers;
import tf.grid.hub.image.layer.PackedLayer;
import tf.grid.hub.image.manifest.LayerDescriptor;
import tf.grid.hub.image.reference.Digest;
import tf.grid.hub.image.registry.RegistryClient;
import tf.grid.hub.image.registry.RegistryImage;
import tf.grid.hub.image.source.ImageSource.FetchedImage;
import tf.grid.hub.image.source.ImageSource.WantedImage;
import tf.grid.hub.progress.Progress;

/**
 * Fetches images from registries. Layers are streamed from the network into the store; known layers
 * are not fetched. Thread-safe.
 */
public final class RegistrySource implements ImageSource {
  private final RegistryClient registries;
  private final KnownLayers known;

  public RegistrySource(RegistryClient registries, KnownLayers known) {
    this.registries = registries;
    this.known = known;
  }

  @Override
  public FetchedImage fetch(WantedImage wanted, LayeredBuild build)
      throws IOException, ArchiveException {
    return fetch(wanted, find(wanted), build);
  }

  /** Finds an image without reading its content. */
  public RegistryImage find(WantedImage wanted) throws IOException {
    return registries.open(
        wanted.reference(), wanted.platform(), wanted.credentials(), Progress.NONE);
  }

  /** Fetches an image that was found. */
  public FetchedImage fetch(WantedImage wanted, RegistryImage image, LayeredBuild build)
      throws IOException, ArchiveException {
    byte[] json = image.config();
    ImageConfig config = ImageConfigReader.read(json);
    List<Layer> layers = layers(image, config, build);
    Map<String, String> origin = new LinkedHashMap<>();
    origin.put("reference", wanted.reference().complete());
    origin.put("digest", image.digest().toString());
    origin.put("id", Digest.of(json).toString());
    origin.put("platform", config.platform().toString());
    return new FetchedImage(config, layers, origin);
  }

  private List<Layer> layers(RegistryImage image, ImageConfig config, LayeredBuild build)
      throws IOException, ArchiveException {
    List<Digest> expected = config.layers();
    if (expected.size() != image.layers().size()) {
      throw new MalformedImageException(
          "the image has "
              + image.layers().size()
              + " layers but its configuration names "
              + expected.size());
    }
    List<Layer> layers = new ArrayList<>();
    Map<Digest, Layer> fresh = new LinkedHashMap<>();
    long missing = image.layers().stream().mapToLong(LayerDescriptor::size).sum();
    build.expect(missing);
    for (int i = 0; i < expected.size(); i++) {
      Digest diffId = expected.get(i);
      Layer layer = fresh.get(diffId);
      if (layer == null) {
        Optional<Layer> recalled = known.recall(diffId, build);
        layer =
            recalled.isPresent()
                ? recalled.get()
                : fetch(image, image.layers().get(i), diffId, build);
        if (recalled.isEmpty()) {
          fresh.put(diffId, layer);
        } else {
          missing -= image.layers().get(i).size();
          build.expect(missing);
        }
      }
      layers.add(layer);
    }
    build.finish();
    known.keep(fresh);
    return layers;
  }

  private static Layer fetch(
      RegistryImage image, LayerDescriptor descriptor, Digest expected, LayeredBuild build)
      throws IOException, ArchiveException {
    try (InputStream packed = build.received(image.layer(descriptor))) {
      PackedLayer layer = PackedLayer.read(build, packed);
      packed.transferTo(OutputStream.nullOutputStream()); // verifies the digest with the last byte
      if (!layer.diffId().equals(expected)) {
        throw new MalformedImageException(
            "a layer unpacks to the digest " + layer.diffId() + " and not to " + expected);
      }
      return layer.layer();
    }
  }
}
