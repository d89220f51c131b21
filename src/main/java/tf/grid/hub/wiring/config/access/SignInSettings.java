package tf.grid.hub.wiring.config.access;

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
import tf.grid.hub.http.BasePath;
import tf.grid.hub.wiring.property.Secret;
import tf.grid.hub.wiring.property.SettingException;
import tf.grid.hub.wiring.property.Settings;

/**
 * Settings for sign-in with a browser.
 *
 * @param sessions lifetime of sessions
 * @param threebot ThreeFold Connect, if it is configured
 * @param oidc OpenID Connect, if it is configured
 * @param iyo itsyou.online, if it is configured
 */
public record SignInSettings(
    SessionLifetimes sessions,
    Optional<ThreebotKeys> threebot,
    Optional<OpenIdConnectSettings> oidc,
    Optional<ItsyouOnlineSettings> iyo) {

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final URI THREEBOT_LOGIN = URI.create("https://login.threefold.me");
  private static final String CLIENT_ID = "the hub's name at the provider";
  private static final URI ITSYOU_ONLINE = URI.create("https://itsyou.online");

  /**
   * ThreeFold Connect, with the hub's X25519 key.
   *
   * @param privateKey in base64
   * @param settings the other settings
   */
  public record ThreebotKeys(Secret privateKey, ThreebotSettings settings) {}

  public static SignInSettings from(Settings settings, URI publicUrl) {
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
    ThreebotSettings others =
        new ThreebotSettings(
            settings.site("hub.auth.threebot.login-url", THREEBOT_LOGIN),
            settings.authority("hub.auth.threebot.app-id").orElse(publicUrl.getAuthority()),
            BasePath.of(publicUrl),
            settings.flag("hub.auth.threebot.email", false));
    return key.map(secret -> new ThreebotKeys(secret, others));
  }

  private static boolean isKey(String text) {
    try {
      return Base64.getDecoder().decode(text).length == NaclBox.KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Optional<OpenIdConnectSettings> oidc(Settings settings, URI publicUrl) {
    Optional<URI> issuer = settings.issuer("hub.auth.oidc.issuer");
    String client = text(settings, "hub.auth.oidc.client-id", issuer.isPresent(), CLIENT_ID);
    String secret = settings.secret("hub.auth.oidc.client-secret").map(Secret::reveal).orElse("");
    String scope = settings.text("hub.auth.oidc.scope").orElse("openid profile email");
    String name = settings.word("hub.auth.oidc.name-claim").orElse("preferred_username");
    String groups = settings.word("hub.auth.oidc.groups-claim").orElse("");
    return issuer.map(
        url ->
            new OpenIdConnectSettings(
                url.toString(), client, secret, publicUrl, scope, name, groups));
  }

  /** The key that verifies its tokens is in {@link TrustSettings}. */
  private static Optional<ItsyouOnlineSettings> iyo(Settings settings, URI publicUrl) {
    String property = "hub.auth.iyo.client-id";
    Optional<String> client = settings.text(property);
    String wanted = "set when " + property + " is";
    text(settings, "hub.auth.iyo.public-key", client.isPresent(), wanted);
    String secret = text(settings, "hub.auth.iyo.client-secret", client.isPresent(), wanted);
    URI site = settings.site("hub.auth.iyo.url", ITSYOU_ONLINE);
    URI callback =
        settings
            .issuer("hub.auth.iyo.callback")
            .orElse(URI.create(publicUrl + ItsyouOnlineLogin.RETURN));
    return client.map(name -> new ItsyouOnlineSettings(site, name, secret, callback));
  }

  /** Reads a property; a missing one is empty, or an error if it is required. */
  private static String text(Settings settings, String property, boolean needed, String wanted) {
    Optional<String> text = settings.text(property);
    if (needed && text.isEmpty()) {
      throw SettingException.of(property, "", wanted);
    }
    return text.orElse("");
  }
}
