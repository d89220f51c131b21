package tf.grid.hub.wiring.producer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import tf.grid.hub.access.AccessPolicy;
import tf.grid.hub.access.ChangeRates;
import tf.grid.hub.access.DevLogin;
import tf.grid.hub.account.ApiAuthentication;
import tf.grid.hub.account.TokenVerifier;
import tf.grid.hub.account.UsersMap;
import tf.grid.hub.account.issuer.EarlierHubTokens;
import tf.grid.hub.account.issuer.ItsyouOnlineTokens;
import tf.grid.hub.account.issuer.TrustedIssuerTokens;
import tf.grid.hub.account.token.CachingTokenVerifier;
import tf.grid.hub.account.token.GuestToken;
import tf.grid.hub.account.token.HubTokens;
import tf.grid.hub.account.token.SigningKey;
import tf.grid.hub.account.token.SigningKey.SigningKeyException;
import tf.grid.hub.account.token.TokenFile;
import tf.grid.hub.account.token.TokenLedger;
import tf.grid.hub.account.token.Tokens;
import tf.grid.hub.account.token.Tokens.TokenLimits;
import tf.grid.hub.catalogue.postgresql.account.DatabaseSecrets;
import tf.grid.hub.catalogue.postgresql.account.DatabaseTokens;
import tf.grid.hub.catalogue.postgresql.connection.Database;
import tf.grid.hub.catalogue.postgresql.connection.QuickDatabase;
import tf.grid.hub.http.proxy.ClientAddress;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.store.reserve.DiskReserves;
import tf.grid.hub.wiring.ShutdownActions;
import tf.grid.hub.wiring.config.HubConfiguration;
import tf.grid.hub.wiring.config.access.TrustSettings;
import tf.grid.hub.wiring.property.Secret;

/** Produces the services for accounts, tokens and permissions. */
@ApplicationScoped
public class AccountProducer {

  public static final String KEY_FILE = "token-key.pem";
  public static final String KEY_NAME = "token-key";
  public static final String LEDGER_FILE = "tokens.sqlite3";

  @Produces
  @Singleton
  QuickDatabase database(Database database, ShutdownActions closing) {
    return closing.later(database.quick());
  }

  /** Asks for the database only if names are kept there. */
  @Produces
  @Singleton
  Tokens tokens(
      HubConfiguration configuration,
      Instance<QuickDatabase> database,
      Clock clock,
      DiskReserves disks,
      ShutdownActions closing)
      throws IOException, SigningKeyException {
    Path data = configuration.directories().data();
    boolean isDirectory = configuration.catalogue().isDirectory();
    SigningKey key =
        isDirectory ? SigningKey.of(data.resolve(KEY_FILE)) : sharedKey(database.get());
    TokenLedger ledger =
        isDirectory
            ? TokenFile.open(data.resolve(LEDGER_FILE), clock.instant(), disks::release)
            : new DatabaseTokens(database.get());
    HubTokens signed = new HubTokens(key, configuration.site().publicUrl().toString(), clock);
    return closing.later(
        new Tokens(signed, ledger, TokenLimits.withLife(configuration.auth().tokenLife()), clock));
  }

  private static SigningKey sharedKey(QuickDatabase database) throws SigningKeyException {
    byte[] encoded =
        new DatabaseSecrets(database).get(KEY_NAME, () -> SigningKey.create().encoded());
    return SigningKey.of(encoded, "the secret " + KEY_NAME + " in the database");
  }

  @Produces
  @Singleton
  ApiAuthentication signIn(HubConfiguration configuration, Tokens tokens, Clock clock) {
    TokenVerifier all = tokens;
    for (TokenVerifier other : others(configuration, clock)) {
      all = all.or(other);
    }
    return new ApiAuthentication(!configuration.auth().enabled(), all);
  }

  /** Verifiers for tokens of other issuers; none by default. */
  private static List<TokenVerifier> others(HubConfiguration configuration, Clock clock) {
    TrustSettings trust = configuration.trust();
    List<TokenVerifier> checks = new ArrayList<>();
    configuration
        .auth()
        .guestToken()
        .map(Secret::reveal)
        .map(GuestToken::new)
        .ifPresent(checks::add);
    trust
        .issuer()
        .map(it -> new TrustedIssuerTokens(it.name(), it.audiences(), it.keys(), clock))
        .map(check -> new CachingTokenVerifier(check, clock))
        .ifPresent(checks::add);
    trust
        .earlier()
        .map(it -> new EarlierHubTokens(it.seedBytes(), it.maxAge(), clock))
        .map(check -> new CachingTokenVerifier(check, clock))
        .ifPresent(checks::add);
    trust
        .itsyou()
        .map(it -> new ItsyouOnlineTokens(it.keys(), it.client(), clock))
        .map(check -> new CachingTokenVerifier(check, clock))
        .ifPresent(checks::add);
    return checks;
  }

  @Produces
  @Singleton
  DevLogin trial(HubConfiguration configuration, Tokens tokens) {
    return new DevLogin(configuration.auth().devLogin(), tokens);
  }

  @Produces
  @Singleton
  ChangeRates rates(HubConfiguration configuration, ClientAddress addresses, Ticker ticker) {
    return new ChangeRates(
        configuration.limits().changesPerMinute(),
        configuration.limits().conversionsPerHour(),
        addresses,
        ticker);
  }

  @Produces
  @Singleton
  AccessPolicy policy(HubConfiguration configuration) {
    return new AccessPolicy(
        configuration.site().readOnly(),
        !configuration.auth().enabled(),
        configuration.site().publicUrl(),
        configuration.auth().administrators());
  }

  @Produces
  @Singleton
  UsersMap users(HubConfiguration configuration) {
    return configuration.auth().users();
  }
}
