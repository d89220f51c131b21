package tf.grid.hub.image.registry;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tf.grid.hub.image.PullException.MalformedImageException;
import tf.grid.hub.image.PullException.UnsupportedImageException;
import tf.grid.hub.image.json.ImageJson;
import tf.grid.hub.image.manifest.Descriptor;
import tf.grid.hub.image.manifest.ImageIndex;
import tf.grid.hub.image.manifest.ImageManifest;
import tf.grid.hub.image.manifest.LayerDescriptor;
import tf.grid.hub.image.manifest.ManifestDocument;
import tf.grid.hub.image.manifest.ManifestReader;
import tf.grid.hub.image.reference.Digest;
import tf.grid.hub.image.reference.ImageReference;
import tf.grid.hub.image.reference.Platform;
import tf.grid.hub.image.registry.RegistryImage.FoundImage;
import tf.grid.hub.progress.Progress;

/**
 * Finds the image for one platform, starting at a reference and following indexes. For one search.
 */
final class ImageSearch {

  private static final int DEEPEST = 3;
  private static final int MOST_MANIFESTS = 20;
  private static final Map<String, String> ACCEPTED =
      Map.of(
          "Accept",
          Stream.concat(ManifestReader.INDEX_TYPES.stream(), ManifestReader.MANIFEST_TYPES.stream())
              .collect(Collectors.joining(", ")));

  private final RegistrySession session;
  private final ImageReference reference;
  private final Platform platform;
  private final long mostBytes;
  private final Set<String> others = new TreeSet<>();
  private int manifests;

  ImageSearch(
      RegistrySession session, ImageReference reference, Platform platform, long mostBytes) {
    this.session = session;
    this.reference = reference;
    this.platform = platform;
    this.mostBytes = mostBytes;
  }

  RegistryImage find(Progress progress) throws IOException {
    byte[] json = manifest(reference.version());
    Digest named = reference.digest().orElseGet(() -> Digest.of(json));
    FoundImage found = search(checked(json, named), named, 0).orElse(null);
    if (found == null) {
      throw new UnsupportedImageException(
          "the image " + reference + " is not for " + platform + " but for " + others());
    }
    return new RegistryImage(session, named, found, progress);
  }

  private String others() {
    return others.isEmpty() ? "no platform that it names" : String.join(", ", others);
  }

  private byte[] manifest(String version) throws IOException {
    if (++manifests > MOST_MANIFESTS) {
      throw new MalformedImageException(
          "the image " + reference + " has too many manifests to look through");
    }
    return session.document(
        "manifests/" + version, ACCEPTED, ImageJson.LARGEST, "the image " + reference);
  }

  private ManifestDocument checked(byte[] json, Digest digest) throws IOException {
    if (!digest.matches(json)) {
      throw new MalformedImageException(
          "the manifest of " + reference + " has another content than its digest says");
    }
    return ManifestReader.read(json);
  }

  private Optional<FoundImage> search(ManifestDocument document, Digest digest, int depth)
      throws IOException {
    return document instanceof ImageIndex index
        ? searchAll(index, depth)
        : take((ImageManifest) document, digest);
  }

  private Optional<FoundImage> searchAll(ImageIndex index, int depth) throws IOException {
    if (depth == DEEPEST) {
      throw new MalformedImageException(
          "the image " + reference + " is a list within too many lists");
    }
    UnsupportedImageException artifact = null;
    for (Descriptor candidate : index.candidates(platform)) {
      byte[] json = manifest(candidate.digest().toString());
      try {
        Optional<FoundImage> found =
            search(checked(json, candidate.digest()), candidate.digest(), depth + 1);
        if (found.isPresent()) {
          return found;
        }
      } catch (UnsupportedImageException e) {
        artifact = e; // signatures and the like may stand beside the image
      }
    }
    if (artifact != null) {
      throw artifact;
    }
    others.addAll(index.platforms());
    return Optional.empty();
  }

  private Optional<FoundImage> take(ImageManifest manifest, Digest digest) throws IOException {
    ImageConfigFile config = ImageConfigFile.read(config(manifest.config()));
    if (config.isFor(platform)) {
      refuseLarge(manifest);
      return Optional.of(new FoundImage(digest, manifest, config));
    }
    config.platform().map(Platform::toString).ifPresent(others::add);
    return Optional.empty();
  }

  private byte[] config(Descriptor descriptor) throws IOException {
    ImageJson.refuseLarge(descriptor.size(), "the configuration of " + reference);
    try (InputStream in =
        new BlobStream(
            session,
            descriptor.digest(),
            descriptor.size(),
            "the configuration of " + reference,
            Progress.NONE)) {
      return in.readAllBytes();
    }
  }

  private void refuseLarge(ImageManifest manifest) throws UnsupportedImageException {
    long left = mostBytes;
    for (LayerDescriptor layer : manifest.layers()) {
      // Subtracts instead of adding, because a sum could overflow.
      if (layer.size() > left) {
        throw new UnsupportedImageException(
            "the layers of "
                + reference
                + " have more than the "
                + mostBytes
                + " bytes that this hub takes");
      }
      left -= layer.size();
    }
  }
}
