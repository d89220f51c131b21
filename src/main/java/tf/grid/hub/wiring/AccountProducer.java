package tf.grid.hub.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import tf.grid.hub.access.AccessPolicy;
import tf.grid.hub.access.TrialSignIn;
import tf.grid.hub.account.SignIn;
import tf.grid.hub.account.TokenCheck;
import tf.grid.hub.account.UsersMap;
import tf.grid.hub.account.token.GuestToken;
import tf.grid.hub.account.token.HubTokens;
import tf.grid.hub.account.token.SigningKey;
import tf.grid.hub.account.token.TokenLimits;
import tf.grid.hub.account.token.Tokens;
import tf.grid.hub.account.token.UnusableKey;

/** Puts together who is who and who may do what. */
@ApplicationScoped
public class AccountProducer {

  private static final String KEY_FILE = "token-key.pem";
  private static final String LEDGER_FILE = "tokens.sqlite3";

  @Produces
  @Singleton
  Tokens tokens(HubConfiguration configuration, Clock clock, Closing closing)
      throws IOException, UnusableKey {
    Path data = configuration.directories().data();
    HubTokens signed =
        new HubTokens(
            SigningKey.of(data.resolve(KEY_FILE)),
            configuration.site().publicUrl().toString(),
            clock);
    return closing.later(
        Tokens.open(
            signed,
            data.resolve(LEDGER_FILE),
            TokenLimits.withLife(configuration.auth().tokenLife()),
            clock));
  }

  @Produces
  @Singleton
  SignIn signIn(HubConfiguration configuration, Tokens tokens) {
    TokenCheck all =
        configuration
            .auth()
            .guestToken()
            .map(token -> tokens.or(new GuestToken(token.reveal())))
            .orElse(tokens);
    return new SignIn(!configuration.auth().enabled(), all);
  }

  @Produces
  @Singleton
  TrialSignIn trial(HubConfiguration configuration, Tokens tokens) {
    return new TrialSignIn(configuration.auth().devLogin(), tokens);
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
