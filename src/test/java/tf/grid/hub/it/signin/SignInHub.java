package tf.grid.hub.it.signin;

import static java.util.Map.entry;

import java.net.URI;
import java.util.Base64;
import java.util.Map;
import tf.grid.hub.RunningHub;
import tf.grid.hub.it.AuditLines;
import tf.grid.hub.it.OpenIdServer;

/**
 * One hub with every way to sign in set up, and the other sides that these ways need; all tests of
 * this package share it, and it ends with the run. Threads may share it.
 */
final class SignInHub implements AutoCloseable {
  private final ThreefoldConnect threefold = new ThreefoldConnect();
  private final ItsyouSite itsyou = new ItsyouSite();
  private final OpenIdServer provider = OpenIdServer.start();
  private final RunningHub hub;

  private SignInHub() {
    byte[] key = new byte[32];
    key[0] = 42;
    hub =
        RunningHub.start(
            Map.ofEntries(
                entry("HUB_AUTH_ENABLED", "true"),
                entry("HUB_AUTH_DEV_LOGIN", "true"),
                entry("HUB_AUTH_THREEBOT_PRIVATE_KEY", Base64.getEncoder().encodeToString(key)),
                entry("HUB_AUTH_THREEBOT_LOGIN_URL", threefold.address().toString()),
                entry("HUB_AUTH_THREEBOT_EMAIL", "true"),
                entry("HUB_AUTH_OIDC_ISSUER", provider.issuer().toString()),
                entry("HUB_AUTH_OIDC_CLIENT_ID", OpenIdServer.CLIENT),
                entry("HUB_AUTH_OIDC_CLIENT_SECRET", "a-secret-for-tests"),
                entry("HUB_AUTH_OIDC_GROUPS_CLAIM", "groups"),
                entry("HUB_AUTH_IYO_CLIENT_ID", ItsyouSite.CLIENT),
                entry("HUB_AUTH_IYO_CLIENT_SECRET", ItsyouSite.SECRET),
                entry("HUB_AUTH_IYO_URL", itsyou.address().toString()),
                entry("HUB_AUTH_IYO_PUBLIC_KEY", itsyou.publicKey())));
  }

  static SignInHub shared() {
    return Shared.HUB;
  }

  /** Where users reach it. */
  URI address() {
    return hub.uri("");
  }

  RunningHub hub() {
    return hub;
  }

  ThreefoldConnect threefold() {
    return threefold;
  }

  ItsyouSite itsyou() {
    return itsyou;
  }

  AuditLines audit() {
    return new AuditLines(hub.dataDirectory().resolve("audit.log"));
  }

  @Override
  public void close() {
    hub.close();
    provider.close();
    itsyou.close();
    threefold.close();
  }

  /** Started by the first test that asks, stopped when the test run's process ends. */
  private static final class Shared {
    static final SignInHub HUB = new SignInHub();

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(HUB::close, "stop the hub to sign in to"));
    }
  }
}
