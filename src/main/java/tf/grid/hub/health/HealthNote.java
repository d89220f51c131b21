package tf.grid.hub.health;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something that operators should know, although the hub serves all requests.
 *
 * @param name identifies the note in responses, as that of a check
 * @param text what is wrong, for everyone, without paths and addresses; empty if nothing is. Called
 *     for each request, so it must be fast
 */
public record HealthNote(String name, Supplier<Optional<String>> text) {}
