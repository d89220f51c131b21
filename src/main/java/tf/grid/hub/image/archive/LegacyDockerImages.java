package tf.grid.hub.image.archive;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.image.PullException;
import tf.grid.hub.image.PullException.MalformedImageException;
import tf.grid.hub.image.json.ImageJson;

/**
 * Reads the images that Docker saved before 1.10, in the <a
 * href="https://github.com/moby/moby/blob/v1.9.1/image/spec/v1.md">first format</a>: a directory
 * per layer with {@code layer.tar} and {@code json}, whose {@code parent} is the layer below; the
 * file {@code repositories} lists the top layers. There are no digests. Not thread-safe.
 */
final class LegacyDockerImages {
  private static final String NAMES = "repositories";
  private static final int MOST_IMAGES = 1_000;
  private static final int MOST_LAYERS = 1_000;

  private final ArchiveMembers members;
  private final ArchivedConfigs configurations;

  LegacyDockerImages(ArchiveMembers members, ArchivedConfigs configurations) {
    this.members = members;
    this.configurations = configurations;
  }

  /** Returns all images; none if the archive does not have this format. */
  List<ImageCandidate> read() throws PullException, ArchiveException {
    Map<String, Optional<String>> uppermost = new LinkedHashMap<>();
    Optional<byte[]> names = members.document(NAMES);
    if (names.isPresent()) {
      uppermost.putAll(
          ImageJson.read(
              names.get(),
              "the archive's file repositories",
              reader -> named(ImageJson.object(reader, "the archive's file repositories"))));
    } else {
      for (String id : withoutChildren()) {
        uppermost.put(id, Optional.empty());
      }
    }
    List<ImageCandidate> found = new ArrayList<>();
    for (Map.Entry<String, Optional<String>> image : uppermost.entrySet()) {
      found.add(candidate(image.getKey(), image.getValue()));
    }
    return found;
  }

  /** Ids, each with one of its names, from {@code {"busybox": {"1": "<id>"}}}. */
  private static Map<String, Optional<String>> named(JsonObject repositories)
      throws MalformedImageException {
    Map<String, Optional<String>> ids = new LinkedHashMap<>();
    for (Map.Entry<String, JsonValue> repository : repositories.entrySet()) {
      if (repository.getValue() instanceof JsonObject tags) {
        for (Map.Entry<String, JsonValue> tag : tags.entrySet()) {
          if (tag.getValue() instanceof JsonString id) {
            ids.putIfAbsent(id.getString(), Optional.of(repository.getKey() + ":" + tag.getKey()));
          }
        }
      }
    }
    if (ids.size() > MOST_IMAGES) {
      throw new MalformedImageException("the archive has more than " + MOST_IMAGES + " images");
    }
    return ids;
  }

  /**
   * Images that were saved by id have no names: finds layers that are not the parent of another.
   */
  private Set<String> withoutChildren() throws PullException, ArchiveException {
    Set<String> ids = new LinkedHashSet<>();
    for (String id : members.directories().toList()) {
      if (members.document(id + "/json").isPresent() && members.at(id + "/layer.tar").isPresent()) {
        ids.add(id);
      }
    }
    Set<String> left = new LinkedHashSet<>(ids);
    for (String id : ids) {
      parent(id).ifPresent(left::remove);
    }
    return left;
  }

  private ImageCandidate candidate(String id, Optional<String> name)
      throws PullException, ArchiveException {
    ArchivedConfigs.Configuration configuration =
        configurations.at(id + "/json").orElseThrow(() -> lacks(id));
    return new ImageCandidate(
        configuration, Optional.empty(), Optional.empty(), name, () -> layers(id));
  }

  private List<String> layers(String uppermost) throws PullException, ArchiveException {
    Set<String> seen = new LinkedHashSet<>();
    Deque<String> layers = new ArrayDeque<>();
    Optional<String> next = Optional.of(uppermost);
    while (next.isPresent()) {
      String id = next.get();
      if (!seen.add(id) || seen.size() > MOST_LAYERS) {
        throw new ArchiveException(
            "the image's layers are built on each other in a loop, or are more than "
                + MOST_LAYERS);
      }
      layers.addFirst(id + "/layer.tar");
      next = parent(id);
    }
    return List.copyOf(layers);
  }

  private Optional<String> parent(String id) throws PullException, ArchiveException {
    byte[] json = members.document(id + "/json").orElseThrow(() -> lacks(id));
    String what = "the archive's file " + id + "/json";
    JsonValue parent =
        ImageJson.read(
            json,
            what,
            reader -> ImageJson.object(reader, what).getOrDefault("parent", JsonValue.NULL));
    return parent instanceof JsonString text && !text.getString().isEmpty()
        ? Optional.of(text.getString())
        : Optional.empty();
  }

  private static ArchiveException lacks(String id) {
    return new ArchiveException("the archive lacks the file " + id + "/json of its image");
  }
}
