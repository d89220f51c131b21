package tf.grid.hub.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tf.grid.hub.account.issuer.ItsyouOnline;
import tf.grid.hub.account.login.Mechanism;
import tf.grid.hub.account.login.Mechanisms;
import tf.grid.hub.account.login.Remote;
import tf.grid.hub.account.login.WebSessions;
import tf.grid.hub.account.login.iyo.Iyo;
import tf.grid.hub.account.login.oidc.OidcSettings;
import tf.grid.hub.account.login.oidc.OpenIdConnect;
import tf.grid.hub.account.login.threebot.Box;
import tf.grid.hub.account.login.threebot.Threebot;
import tf.grid.hub.account.login.threebot.UserKeys;
import tf.grid.hub.wiring.config.HubConfiguration;
import tf.grid.hub.wiring.config.SignInSettings.ThreebotKeys;

/** Puts together the ways to sign in that are set up. */
@ApplicationScoped
public class SignInProducer {

  private static final Duration TO_CONNECT = Duration.ofSeconds(5);
  private static final Duration TO_ANSWER = Duration.ofSeconds(10);

  @Produces
  @Singleton
  WebSessions sessions(HubConfiguration configuration, Clock clock) {
    return new WebSessions(configuration.signIn().sessions(), clock);
  }

  @Produces
  @Singleton
  OidcSettings oidc(HubConfiguration configuration) {
    return configuration.signIn().oidc();
  }

  @Produces
  @Singleton
  Mechanisms mechanisms(HubConfiguration configuration, OpenIdConnect oidc, Clock clock) {
    List<Mechanism> elsewhere = new ArrayList<>();
    configuration.signIn().threebot().ifPresent(keys -> elsewhere.add(threebot(keys, clock)));
    if (configuration.signIn().oidc().enabled()) {
      elsewhere.add(oidc);
    }
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
                            new Iyo(
                                settings,
                                remote(),
                                new ItsyouOnline(it.keys(), it.client(), clock),
                                clock)))
        .ifPresent(elsewhere::add);
    return new Mechanisms(elsewhere, configuration.auth().devLogin());
  }

  private static Mechanism threebot(ThreebotKeys keys, Clock clock) {
    return new Threebot(
        keys.settings(),
        new Box(Base64.getDecoder().decode(keys.privateKey().reveal())),
        new UserKeys(keys.settings().login(), remote()),
        clock);
  }

  /** Made for the mechanisms that need one only: a client has a thread. */
  private static Remote remote() {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(TO_CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    return new Remote(client, TO_ANSWER);
  }
}
