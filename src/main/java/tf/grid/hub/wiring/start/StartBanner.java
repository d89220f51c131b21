package tf.grid.hub.wiring.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tf.grid.hub.wiring.config.HubConfiguration;

/** Log lines after the start. */
final class StartBanner {

  private static final List<String> OPEN =
      List.of(
          "****************************************************************",
          "*  AUTHENTICATION IS OFF: everyone who can reach this hub is   *",
          "*  Administrator and may change and delete everything.         *",
          "*  For trials only. Set hub.auth.enabled=true to end this.     *",
          "****************************************************************");

  private StartBanner() {}

  /** Returns one line about the hub, and warnings if everyone can change it. */
  static List<String> lines(String version, HubConfiguration hub) {
    String line =
        String.format(
            Locale.ROOT,
            "Zero-OS hub %s at %s, data in %s,%s store %s, gateway %s, readers are sent to %s:%d/%s%s",
            version,
            hub.site().publicUrl(),
            hub.directories().data(),
            hub.catalogue().isDirectory()
                ? ""
                : " catalogue in " + hub.catalogue().database() + ",",
            store(hub),
            hub.gateway().enabled() ? hub.gateway().host() + ":" + hub.gateway().port() : "off",
            hub.backend().host(),
            hub.backend().port(),
            hub.backend().namespace(),
            hub.site().readOnly() ? ", read-only" : "");
    return hub.auth().enabled() ? List.of(line) : withWarning(line);
  }

  private static String store(HubConfiguration hub) {
    String kind = hub.store().kind().name().toLowerCase(Locale.ROOT);
    return hub.store().isRemote()
        ? kind + " at " + hub.store().address()
        : kind + " in " + hub.directories().store();
  }

  private static List<String> withWarning(String line) {
    List<String> lines = new ArrayList<>(OPEN);
    lines.add(0, line);
    return List.copyOf(lines);
  }
}
