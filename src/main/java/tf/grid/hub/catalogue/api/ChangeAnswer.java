package tf.grid.hub.catalogue.api;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.change.Effect;

/**
 * The response to a change of names. It mentions links only if any are affected, so that most
 * responses are the same as in earlier hubs.
 *
 * @param <T> type of the payload
 * @param status always {@code success}
 * @param payload the data, or null
 * @param broken links that have lost their target, as {@code repository/name}, or null
 * @param redirected links that now point to another flist, or null
 * @param unlisted number of further affected links, or null
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
