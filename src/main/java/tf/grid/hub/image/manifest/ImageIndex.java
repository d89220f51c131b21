package tf.grid.hub.image.manifest;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tf.grid.hub.image.reference.Platform;

/**
 * A list of images, usually for several platforms.
 *
 * @param entries images and nested lists
 */
public record ImageIndex(List<Entry> entries) implements ManifestDocument {

  /**
   * An image or a nested list.
   *
   * @param descriptor of its document
   * @param platform its platform; empty if unknown
   */
  public record Entry(Descriptor descriptor, Optional<Platform> platform) {}

  public ImageIndex {
    entries = List.copyOf(entries);
  }

  /**
   * Returns the entries that may contain the image for a platform, best first: exact matches, older
   * variants of the processor, then entries without a platform.
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

  /** The platforms of the entries, for a message; at most twenty. */
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
