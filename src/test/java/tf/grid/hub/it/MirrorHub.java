package tf.grid.hub.it;

import java.util.Base64;
import java.util.Map;
import tf.grid.hub.RunningHub;

/** A read-only hub with authentication, which users reach through a proxy with TLS. */
public final class MirrorHub {
  /** The token of the user guest. */
  public static final String GUEST_TOKEN = "guest-token-for-tests";

  private static final Map<String, String> SETTINGS =
      Map.of(
          "HUB_AUTH_ENABLED", "true",
          "HUB_READ_ONLY", "true",
          "HUB_AUTH_GUEST_TOKEN", GUEST_TOKEN,
          "HUB_PUBLIC_URL", "https://hub.example",
          "HUB_BACKEND_HOST", "hub.example",
          "HUB_AUTH_THREEBOT_PRIVATE_KEY", Base64.getEncoder().encodeToString(new byte[32]));

  private MirrorHub() {}

  /** The one hub of this kind that all tests of a run share. */
  public static RunningHub shared() {
    return RunningHub.shared(SETTINGS);
  }
}
