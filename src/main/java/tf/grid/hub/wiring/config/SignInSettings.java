package tf.grid.hub.wiring.config;

import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import tf.grid.hub.account.login.WebSessions.SessionLifetimes;
import tf.grid.hub.account.login.iyo.ItsyouOnlineLogin;
import tf.grid.hub.account.login.iyo.ItsyouOnlineLogin.ItsyouOnlineSettings;
import tf.grid.hub.account.login.oidc.OpenIdConnectSettings;
import tf.grid.hub.account.login.threebot.NaclBox;
import tf.grid.hub.account.login.threebot.ThreebotLogin.ThreebotSettings;
import tf.grid.hub.wiring.property.Secret;
import tf.grid.hub.wiring.property.SettingException;
import tf.grid.hub.wiring.property.Settings;

/**
 * How people sign in with a browser.
 *
 * @param sessions how long they stay signed in
 * @param threebot ThreeFold Connect, if it is set up
 * @param oidc OpenID Connect, which says itself whether it is set up
 * @param iyo itsyou.online, if it is set up
 */
public record SignInSettings(
    SessionLifetimes sessions,
    Optional<ThreebotKeys> threebot,
    OpenIdConnectSettings oidc,
    Optional<ItsyouOnlineSettings> iyo) {

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final URI THREEBOT_LOGIN = URI.create("https://login.threefold.me");
  private static final URI ITSYOU_ONLINE = URI.create("https://itsyou.online");

  /**
   * ThreeFold Connect, with the hub's X25519 key.
   *
   * @param privateKey in base64
   * @param settings all else
   */
  public record ThreebotKeys(Secret privateKey, ThreebotSettings settings) {}

  static SignInSettings from(Settings settings, URI publicUrl) {
    return new SignInSettings(
        new SessionLifetimes(
            settings.duration("hub.auth.session.idle", Duration.ofHours(2), SHORTEST, LONGEST),
            settings.duration("hub.auth.session.life", Duration.ofHours(24), SHORTEST, LONGEST)),
        threebot(settings, publicUrl),
        oidc(settings, publicUrl),
        iyo(settings, publicUrl));
  }

  private static Optional<ThreebotKeys> threebot(Settings settings, URI publicUrl) {
    String property = "hub.auth.threebot.private-key";
    Optional<Secret> key = settings.secret(property);
    key.ifPresent(
        secret -> {
          if (!isKey(secret.reveal())) {
            throw SettingException.of(property, secret, "an X25519 key of 32 bytes in base64");
          }
        });
    return key.map(
        secret ->
            new ThreebotKeys(
                secret,
                new ThreebotSettings(
                    settings.site("hub.auth.threebot.login-url", THREEBOT_LOGIN),
                    settings.authority("hub.auth.threebot.app-id").orElse(publicUrl.getAuthority()),
                    settings.flag("hub.auth.threebot.email", false))));
  }

  private static boolean isKey(String text) {
    try {
      return Base64.getDecoder().decode(text).length == NaclBox.KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static OpenIdConnectSettings oidc(Settings settings, URI publicUrl) {
    Optional<URI> issuer = settings.issuer("hub.auth.oidc.issuer");
    return new OpenIdConnectSettings(
        issuer.isPresent(),
        issuer.map(URI::toString).orElse(""),
        issuer.map(any -> name(settings, "hub.auth.oidc.client-id")).orElse(""),
        settings.secret("hub.auth.oidc.client-secret").map(Secret::reveal).orElse(""),
        publicUrl,
        settings.text("hub.auth.oidc.scope").orElse("openid profile email"),
        settings.word("hub.auth.oidc.name-claim").orElse("preferred_username"),
        settings.word("hub.auth.oidc.groups-claim").orElse(""));
  }

  /** Its key is set with those whose tokens are good, where it is read. */
  private static Optional<ItsyouOnlineSettings> iyo(Settings settings, URI publicUrl) {
    String clientId = "hub.auth.iyo.client-id";
    if (settings.text(clientId).isEmpty()) {
      return Optional.empty();
    }
    needed(settings, "hub.auth.iyo.public-key", "set when " + clientId + " is");
    return Optional.of(
        new ItsyouOnlineSettings(
            settings.site("hub.auth.iyo.url", ITSYOU_ONLINE),
            name(settings, clientId),
            needed(settings, "hub.auth.iyo.client-secret", "set when " + clientId + " is"),
            settings
                .issuer("hub.auth.iyo.callback")
                .orElse(URI.create(publicUrl + ItsyouOnlineLogin.RETURN))));
  }

  private static String name(Settings settings, String property) {
    return needed(settings, property, "the hub's name at the provider");
  }

  private static String needed(Settings settings, String property, String wanted) {
    return settings
        .secret(property)
        .map(Secret::reveal)
        .orElseThrow(() -> SettingException.of(property, "", wanted));
  }
}
