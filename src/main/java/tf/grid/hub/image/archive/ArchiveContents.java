package tf.grid.hub.image.archive;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.image.PullException;
import tf.grid.hub.image.PullException.ImageNotFoundException;
import tf.grid.hub.image.PullException.UnsupportedImageException;
import tf.grid.hub.image.manifest.ImageIndex;
import tf.grid.hub.image.manifest.ImageManifest;
import tf.grid.hub.image.manifest.ManifestDocument;
import tf.grid.hub.image.manifest.ManifestReader;
import tf.grid.hub.image.reference.Digest;
import tf.grid.hub.image.reference.Platform;

/** Finds the images in a completely read archive and selects one. Not thread-safe. */
final class ArchiveContents {
  private static final String INDEX = "index.json";
  private static final String SAVED = "manifest.json";
  private static final int MOST_MANIFESTS = 1_000;

  /** Advice for archives that are often confused with image archives. */
  static final String FILE_SYSTEM =
      "the archive of a file system, such as 'docker export' writes, goes to"
          + " POST /api/flist/me/upload";

  private final ArchiveMembers members;
  private final ArchivedConfigs configurations;

  ArchiveContents(ArchiveMembers members) {
    this.members = members;
    this.configurations = new ArchivedConfigs(members);
  }

  /**
   * Selects the image for a platform, or the only one.
   *
   * @throws PullException if there is none or more than one
   */
  ImageCandidate choose(Optional<Platform> wanted) throws PullException, ArchiveException {
    List<ImageCandidate> all = candidates();
    if (all.isEmpty()) {
      throw none();
    }
    if (all.size() == 1 && wanted.isEmpty()) {
      return all.get(0);
    }
    Platform platform = wanted.orElse(Platform.DEFAULT);
    for (Platform accepted : platform.accepted()) {
      List<ImageCandidate> fitting =
          all.stream().filter(image -> image.platform().equals(accepted)).toList();
      if (fitting.size() > 1) {
        throw new UnsupportedImageException(
            "the archive has " + fitting.size() + " images for " + accepted + ": save only one");
      }
      if (!fitting.isEmpty()) {
        return fitting.get(0);
      }
    }
    throw new UnsupportedImageException(
        "the archive has no image for " + platform + ", but for " + platforms(all));
  }

  private ImageNotFoundException none() throws ArchiveException {
    for (String list : List.of(INDEX, SAVED)) {
      if (members.document(list).isPresent()) {
        return new ImageNotFoundException(
            "the archive's " + list + " names no image that the archive has");
      }
    }
    String elsewhere = ImageDirectory.shown(members);
    return new ImageNotFoundException(
        elsewhere.isEmpty()
            ? "the archive has no image: it has to come from 'docker save', 'podman save' or"
                + " 'skopeo copy', or be an OCI layout; "
                + FILE_SYSTEM
            : "the archive has no image at its root, but in "
                + elsewhere
                + ": send one of these directories alone, as 'tar -C DIRECTORY -c .' writes it");
  }

  private static String platforms(List<ImageCandidate> images) {
    return images.stream()
        .map(image -> image.platform().toString())
        .distinct()
        .limit(20)
        .collect(Collectors.joining(", "));
  }

  private List<ImageCandidate> candidates() throws PullException, ArchiveException {
    Optional<byte[]> index = members.document(INDEX);
    List<ImageCandidate> found = index.isPresent() ? layout(index.get()) : List.of();
    Optional<byte[]> saved = members.document(SAVED);
    if (!found.isEmpty()) {
      return named(distinct(found), saved);
    }
    if (saved.isPresent()) {
      return distinct(SavedManifest.read(saved.get(), configurations));
    }
    return index.isPresent() ? found : new LegacyDockerImages(members, configurations).read();
  }

  /**
   * Merges images with several names. Attestations of build tools look like images for an unknown
   * platform, and are used only if there is nothing else.
   */
  private static List<ImageCandidate> distinct(List<ImageCandidate> images) {
    Map<Optional<Digest>, ImageCandidate> byId = new LinkedHashMap<>();
    images.forEach(image -> byId.putIfAbsent(image.id(), image));
    List<ImageCandidate> known =
        byId.values().stream().filter(image -> !image.platform().isUnknown()).toList();
    return known.isEmpty() ? List.copyOf(byId.values()) : known;
  }

  /** Newer engines write both formats; only the older one contains the full name. */
  private List<ImageCandidate> named(List<ImageCandidate> found, Optional<byte[]> saved)
      throws PullException, ArchiveException {
    if (found.size() != 1 || saved.isEmpty()) {
      return found;
    }
    ImageCandidate image = found.get(0);
    Optional<String> name =
        SavedManifest.read(saved.get(), configurations).stream()
            .filter(other -> other.id().equals(image.id()))
            .flatMap(other -> other.reference().stream())
            .findFirst();
    return List.of(
        new ImageCandidate(
            image.configuration(), image.id(), image.manifest(), name, image.layers()));
  }

  /**
   * All images in the archive that an index references, directly or not. Only one document is
   * parsed at a time: indexes can be long and reference each other.
   */
  private List<ImageCandidate> layout(byte[] index) throws PullException, ArchiveException {
    List<ImageCandidate> found = new ArrayList<>();
    Set<Digest> seen = new LinkedHashSet<>();
    Deque<Digest> waiting = new ArrayDeque<>();
    if (ManifestReader.read(index) instanceof ImageIndex list) {
      follow(list, seen, waiting);
    }
    while (!waiting.isEmpty()) {
      Digest digest = waiting.remove();
      ManifestDocument document = document(digest).orElse(null);
      if (document instanceof ImageManifest manifest) {
        candidate(digest, manifest).ifPresent(found::add);
      } else if (document instanceof ImageIndex list) {
        follow(list, seen, waiting);
      }
    }
    return found;
  }

  private static void follow(ImageIndex list, Set<Digest> seen, Deque<Digest> waiting)
      throws UnsupportedImageException {
    for (ImageIndex.Entry entry : list.entries()) {
      Digest digest = entry.descriptor().digest();
      if (seen.add(digest)) {
        waiting.add(digest);
      }
      if (seen.size() > MOST_MANIFESTS) {
        throw new UnsupportedImageException(
            "the archive has more than " + MOST_MANIFESTS + " manifests");
      }
    }
  }

  /**
   * A manifest or index; empty if the archive does not contain it, because an archive may contain
   * only some of the platforms.
   */
  private Optional<ManifestDocument> document(Digest digest)
      throws PullException, ArchiveException {
    Optional<byte[]> json = members.blob(digest).map(ArchiveMembers::json);
    if (json.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ManifestReader.read(json.get()));
    } catch (UnsupportedImageException artifact) {
      return Optional.empty(); // signatures and the like stand beside images
    }
  }

  private Optional<ImageCandidate> candidate(Digest digest, ImageManifest manifest)
      throws PullException, ArchiveException {
    Digest id = manifest.config().digest();
    return configurations
        .blob(id)
        .map(
            configuration ->
                new ImageCandidate(
                    configuration,
                    Optional.of(id),
                    Optional.of(digest),
                    Optional.empty(),
                    () -> layers(digest)));
  }

  private List<String> layers(Digest digest) throws PullException, ArchiveException {
    if (!(document(digest).orElse(null) instanceof ImageManifest manifest)) {
      throw new ArchiveException("the archive lacks the manifest " + digest);
    }
    return manifest.layers().stream()
        .map(layer -> "blobs/" + layer.digest().toString().replace(':', '/'))
        .toList();
  }
}
