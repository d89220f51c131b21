package tf.grid.hub.image.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The image that a name referred to before the hub pulled it. Stored as labels of the container, so
 * that it can be restored even if the hub was killed. Thread-safe.
 *
 * @param name the name in the engine, with tag or digest
 * @param id of the image that had the name, if any
 */
record PreviousImageTag(String name, Optional<String> id) {
  private static final String NAME = "tf.grid.hub.image";
  private static final String ID = "tf.grid.hub.former-image";

  /** Queries the current image of a name. */
  static PreviousImageTag find(DockerClient client, String name) {
    return new PreviousImageTag(name, idOf(client, name));
  }

  /** Parses the labels; empty if they are missing. */
  static Optional<PreviousImageTag> of(Map<String, String> labels) {
    return Optional.ofNullable(labels.get(NAME))
        .map(
            name ->
                new PreviousImageTag(
                    name, Optional.ofNullable(labels.get(ID)).filter(id -> !id.isEmpty())));
  }

  /** The labels to store. */
  Map<String, String> labels() {
    return Map.of(NAME, name, ID, id.orElse(""));
  }

  /** Restores the name of the previous image and removes the pulled one. */
  void restore(DockerClient client) {
    EngineCleanup.of("image " + name, () -> replace(client));
  }

  private void replace(DockerClient client) {
    Optional<String> pulled = idOf(client, name);
    if (pulled.equals(id)) {
      return;
    }
    if (id.isEmpty()) {
      client.removeImageCmd(name).exec();
      return;
    }
    int colon = name.lastIndexOf(':');
    client.tagImageCmd(id.get(), name.substring(0, colon), name.substring(colon + 1)).exec();
    if (pulled.isPresent() && isNameless(client, pulled.get())) {
      client.removeImageCmd(pulled.get()).exec();
    }
  }

  /** An image with another name was tagged by someone else. */
  private static boolean isNameless(DockerClient client, String id) {
    List<String> names = client.inspectImageCmd(id).exec().getRepoTags();
    return names == null || names.isEmpty();
  }

  private static Optional<String> idOf(DockerClient client, String name) {
    try {
      InspectImageResponse found = client.inspectImageCmd(name).exec();
      return Optional.of(found.getId());
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }
}
