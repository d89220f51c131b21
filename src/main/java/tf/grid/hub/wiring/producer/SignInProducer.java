package tf.grid.hub.wiring.producer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tf.grid.hub.account.issuer.ItsyouOnlineTokens;
import tf.grid.hub.account.login.JsonClient;
import tf.grid.hub.account.login.LoginMechanism;
import tf.grid.hub.account.login.LoginMechanisms;
import tf.grid.hub.account.login.SignInAttempts;
import tf.grid.hub.account.login.WebSessions;
import tf.grid.hub.account.login.iyo.ItsyouOnlineLogin;
import tf.grid.hub.account.login.oidc.OpenIdConnectLogin;
import tf.grid.hub.account.login.oidc.OpenIdConnectSettings;
import tf.grid.hub.account.login.oidc.OpenIdProvider;
import tf.grid.hub.account.login.threebot.NaclBox;
import tf.grid.hub.account.login.threebot.ThreebotLogin;
import tf.grid.hub.account.login.threebot.UserKeys;
import tf.grid.hub.account.session.MemorySessions;
import tf.grid.hub.account.session.SessionStore;
import tf.grid.hub.catalogue.postgresql.account.DatabaseSecrets;
import tf.grid.hub.catalogue.postgresql.account.DatabaseSessions;
import tf.grid.hub.catalogue.postgresql.connection.QuickDatabase;
import tf.grid.hub.wiring.config.HubConfiguration;
import tf.grid.hub.wiring.config.access.SignInSettings.ThreebotKeys;

/** Produces the configured sign-in methods. */
@ApplicationScoped
public class SignInProducer {

  private static final String KEY_NAME = "sign-in-key";
  private static final int KEY_BYTES = 32;
  private static final Duration TO_CONNECT = Duration.ofSeconds(5);
  private static final Duration TO_ANSWER = Duration.ofSeconds(10);

  @Produces
  @Singleton
  SessionStore store(HubConfiguration configuration, Instance<QuickDatabase> database) {
    return configuration.catalogue().isDirectory()
        ? new MemorySessions()
        : new DatabaseSessions(database.get());
  }

  @Produces
  @Singleton
  WebSessions sessions(HubConfiguration configuration, SessionStore store, Clock clock) {
    return new WebSessions(
        store, configuration.site().publicUrl(), configuration.signIn().sessions(), clock);
  }

  /** Without other hubs, the key is forgotten with the sign-ins that have begun. */
  @Produces
  @Singleton
  SignInAttempts attempts(
      HubConfiguration configuration,
      SessionStore store,
      Instance<QuickDatabase> database,
      Clock clock) {
    byte[] key =
        configuration.catalogue().isDirectory()
            ? randomKey()
            : new DatabaseSecrets(database.get()).get(KEY_NAME, SignInProducer::randomKey);
    return new SignInAttempts(key, configuration.site().publicUrl(), store, clock);
  }

  private static byte[] randomKey() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  @Produces
  @Singleton
  LoginMechanisms mechanisms(HubConfiguration configuration, Clock clock) {
    List<LoginMechanism> elsewhere = new ArrayList<>();
    configuration.signIn().threebot().ifPresent(keys -> elsewhere.add(threebot(keys)));
    configuration.signIn().oidc().ifPresent(client -> elsewhere.add(oidc(client, clock)));
    configuration
        .signIn()
        .iyo()
        .flatMap(
            settings ->
                configuration
                    .trust()
                    .itsyou()
                    .map(
                        it ->
                            new ItsyouOnlineLogin(
                                settings,
                                remote(),
                                new ItsyouOnlineTokens(it.keys(), it.client(), clock))))
        .ifPresent(elsewhere::add);
    return new LoginMechanisms(elsewhere);
  }

  private static LoginMechanism oidc(OpenIdConnectSettings settings, Clock clock) {
    return new OpenIdConnectLogin(settings, new OpenIdProvider(settings, remote(), clock), clock);
  }

  private static LoginMechanism threebot(ThreebotKeys keys) {
    return new ThreebotLogin(
        keys.settings(),
        new NaclBox(Base64.getDecoder().decode(keys.privateKey().reveal())),
        new UserKeys(keys.settings().login(), remote()));
  }

  /** Created only for methods that need it, because each client has a thread. */
  private static JsonClient remote() {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(TO_CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    return new JsonClient(client, TO_ANSWER);
  }
}
