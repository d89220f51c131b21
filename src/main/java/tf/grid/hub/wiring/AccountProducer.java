package tf.grid.hub.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import tf.grid.hub.access.AccessPolicy;
import tf.grid.hub.access.TrialSignIn;
import tf.grid.hub.account.SignIn;
import tf.grid.hub.account.TokenCheck;
import tf.grid.hub.account.UsersMap;
import tf.grid.hub.account.issuer.EarlierHub;
import tf.grid.hub.account.issuer.ItsyouOnline;
import tf.grid.hub.account.issuer.TrustedIssuer;
import tf.grid.hub.account.token.GuestToken;
import tf.grid.hub.account.token.HubTokens;
import tf.grid.hub.account.token.RememberedTokens;
import tf.grid.hub.account.token.SigningKey;
import tf.grid.hub.account.token.TokenLimits;
import tf.grid.hub.account.token.Tokens;
import tf.grid.hub.account.token.UnusableKey;
import tf.grid.hub.wiring.config.HubConfiguration;
import tf.grid.hub.wiring.config.Secret;
import tf.grid.hub.wiring.config.TrustSettings;

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
  SignIn signIn(HubConfiguration configuration, Tokens tokens, Clock clock) {
    TokenCheck all = tokens;
    for (TokenCheck other : others(configuration, clock)) {
      all = all.or(other);
    }
    return new SignIn(!configuration.auth().enabled(), all);
  }

  /** What is good beside the hub's own tokens; nothing, unless the operator says so. */
  private static List<TokenCheck> others(HubConfiguration configuration, Clock clock) {
    TrustSettings trust = configuration.trust();
    List<TokenCheck> checks = new ArrayList<>();
    configuration
        .auth()
        .guestToken()
        .map(Secret::reveal)
        .map(GuestToken::new)
        .ifPresent(checks::add);
    trust
        .issuer()
        .map(it -> new TrustedIssuer(it.name(), it.audiences(), it.keys(), clock))
        .map(check -> new RememberedTokens(check, clock))
        .ifPresent(checks::add);
    trust
        .earlier()
        .map(it -> new EarlierHub(it.seedBytes(), it.maxAge(), clock))
        .map(check -> new RememberedTokens(check, clock))
        .ifPresent(checks::add);
    trust
        .itsyou()
        .map(it -> new ItsyouOnline(it.keys(), it.client(), clock))
        .map(check -> new RememberedTokens(check, clock))
        .ifPresent(checks::add);
    return checks;
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
