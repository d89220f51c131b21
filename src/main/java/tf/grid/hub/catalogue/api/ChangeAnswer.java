package tf.grid.hub.catalogue.api;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.change.Effect;

/**
 * The answer to a change of names. What it did to links is told only where there are such: to old
 * clients most answers are what they always were.
 *
 * @param <T> what the payload is
 * @param status always {@code success}
 * @param payload the data, or null for none
 * @param broken links that lead nowhere now, as {@code repository/name}, or null
 * @param redirected links that lead to another flist than before, or null
 * @param unlisted how many more links there are, or null
 */
@JsonbPropertyOrder({"status", "payload", "broken", "redirected", "unlisted"})
public record ChangeAnswer<T>(
    String status, T payload, List<String> broken, List<String> redirected, Integer unlisted) {

  static ChangeAnswer<Void> of(Effect effect) {
    return of(null, effect);
  }

  static <T> ChangeAnswer<T> of(T payload, Effect effect) {
    return new ChangeAnswer<>(
        "success",
        payload,
        shown(effect.broken()),
        shown(effect.redirected()),
        effect.unlisted() == 0 ? null : effect.unlisted());
  }

  private static List<String> shown(List<EntryPath> links) {
    return links.isEmpty() ? null : links.stream().map(EntryPath::shown).toList();
  }
}
