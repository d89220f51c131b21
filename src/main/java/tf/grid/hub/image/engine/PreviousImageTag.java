package tf.grid.hub.image.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an engine had under a name before the hub pulled that. Kept as labels of the container, so
 * that it can be restored even when the hub was killed. Threads may share it.
 *
 * @param name what engines call the image, tag or digest included
 * @param id of the image that had the name, if there was one
 */
record PreviousImageTag(String name, Optional<String> id) {
  private static final String NAME = "tf.grid.hub.image";
  private static final String ID = "tf.grid.hub.former-image";

  /** What the engine has now. */
  static PreviousImageTag find(DockerClient client, String name) {
    return new PreviousImageTag(name, idOf(client, name));
  }

  /** What these labels tell, if they tell anything. */
  static Optional<PreviousImageTag> of(Map<String, String> labels) {
    return Optional.ofNullable(labels.get(NAME))
        .map(
            name ->
                new PreviousImageTag(
                    name, Optional.ofNullable(labels.get(ID)).filter(id -> !id.isEmpty())));
  }

  /** The labels that tell it. */
  Map<String, String> labels() {
    return Map.of(NAME, name, ID, id.orElse(""));
  }

  /** Gives the name back to the image that had it, and removes the one that was pulled. */
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

  /** Another name is none that the hub gave it. */
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
