package tf.grid.hub.image.manifest;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tf.grid.hub.image.reference.Platform;

/**
 * A list of images, usually the same for several platforms.
 *
 * @param entries the images and lists in it
 */
public record ImageIndex(List<Entry> entries) implements ManifestDocument {

  /**
   * One image or list.
   *
   * @param descriptor points at it
   * @param platform what it is for; empty where nothing says so
   */
  public record Entry(Descriptor descriptor, Optional<Platform> platform) {}

  /** Copies the list. */
  public ImageIndex {
    entries = List.copyOf(entries);
  }

  /**
   * What may hold the image for a platform, the best first: entries for it, for older variants of
   * its processor, then those that do not say what they are for.
   */
  public List<Descriptor> candidates(Platform wanted) {
    Stream<Entry> fitting =
        wanted.accepted().stream()
            .flatMap(
                accepted ->
                    entries.stream()
                        .filter(entry -> entry.platform().equals(Optional.of(accepted))));
    Stream<Entry> unknown = entries.stream().filter(entry -> entry.platform().isEmpty());
    return Stream.concat(fitting, unknown).map(Entry::descriptor).toList();
  }

  /** The platforms that are named, for a message; at most twenty. */
  public List<String> platforms() {
    return entries.stream()
        .flatMap(entry -> entry.platform().stream())
        .map(Platform::toString)
        .filter(name -> !name.startsWith("unknown/"))
        .distinct()
        .limit(20)
        .toList();
  }
}
