package tf.grid.hub.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import tf.grid.hub.access.AccessPolicy;
import tf.grid.hub.access.TrialSignIn;
import tf.grid.hub.account.SignIn;
import tf.grid.hub.account.TokenCheck;
import tf.grid.hub.account.UsersMap;
import tf.grid.hub.account.token.GuestToken;
import tf.grid.hub.account.token.HubTokens;
import tf.grid.hub.account.token.RememberedTokens;
import tf.grid.hub.account.token.SigningKey;
import tf.grid.hub.account.token.UnusableKey;

/** Puts together who is who and who may do what. */
@ApplicationScoped
public class AccountProducer {

  private static final String KEY_FILE = "token-key.pem";

  @Produces
  @Singleton
  HubTokens tokens(HubConfiguration configuration, Clock clock) throws IOException, UnusableKey {
    SigningKey key = SigningKey.of(configuration.directories().data().resolve(KEY_FILE));
    return new HubTokens(key, configuration.site().publicUrl().toString(), clock);
  }

  @Produces
  @Singleton
  SignIn signIn(HubConfiguration configuration, HubTokens tokens, Clock clock) {
    TokenCheck own = new RememberedTokens(tokens, clock);
    TokenCheck all =
        configuration
            .auth()
            .guestToken()
            .map(token -> own.or(new GuestToken(token.reveal())))
            .orElse(own);
    return new SignIn(!configuration.auth().enabled(), all);
  }

  @Produces
  @Singleton
  TrialSignIn trial(HubConfiguration configuration, HubTokens tokens) {
    return new TrialSignIn(
        configuration.auth().devLogin(), tokens, configuration.auth().tokenLife());
  }

  @Produces
  @Singleton
  AccessPolicy policy(HubConfiguration configuration) {
    return new AccessPolicy(
        configuration.site().readOnly(),
        !configuration.auth().enabled(),
        configuration.site().publicUrl());
  }

  @Produces
  @Singleton
  UsersMap users(HubConfiguration configuration) {
    return configuration.auth().users();
  }
}
