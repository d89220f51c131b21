package tf.grid.hub.catalogue.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.account.token.SigningKey;
import tf.grid.hub.account.token.SigningKey.SigningKeyException;
import tf.grid.hub.account.token.TokenFile;
import tf.grid.hub.account.token.TokenRecord;
import tf.grid.hub.catalogue.postgresql.account.MovedTokens;
import tf.grid.hub.catalogue.transfer.MoveReport.Kind;

/**
 * Moves tokens with the key that signs them. They are good only with this key, so none are moved to
 * where another one is. For one thread.
 */
public final class TokenMove {

  private static final String ALL = "all tokens";

  private final Path keyFile;
  private final Path ledgerFile;
  private final MovedTokens database;
  private final Instant now;
  private final MoveReport report;

  /**
   * Prepares one.
   *
   * @param keyFile of the hub with a directory
   * @param ledgerFile of this hub
   * @param now tokens that have expired are not moved
   */
  public TokenMove(
      Path keyFile, Path ledgerFile, MovedTokens database, Instant now, MoveReport report) {
    this.keyFile = keyFile;
    this.ledgerFile = ledgerFile;
    this.database = database;
    this.now = now;
    this.report = report;
  }

  /** Adds the key and the tokens of the files to the database, unless that was done before. */
  public void toDatabase() throws IOException, SigningKeyException {
    if (!Files.exists(keyFile)) {
      report.noted(ALL, "are left out: there is no " + keyFile);
      return;
    }
    byte[] key = SigningKey.of(keyFile).encoded();
    List<TokenRecord> tokens = valid();
    if (database.takeOver(key, tokens)) {
      tokens.forEach(token -> report.written(Kind.TOKENS));
    } else if (database.key().filter(other -> Arrays.equals(other, key)).isPresent()) {
      report.noted(ALL, "were imported before, and those of the database are the valid ones");
    } else {
      report.different(ALL, "are signed with another key than those of the database");
    }
  }

  private List<TokenRecord> valid() throws IOException {
    if (!Files.exists(ledgerFile)) {
      return List.of();
    }
    try (TokenFile ledger = ledger()) {
      return ledger.all(now);
    }
  }

  private TokenFile ledger() throws IOException {
    return TokenFile.open(ledgerFile, now, () -> {});
  }

  /** Makes the tokens of the database the valid ones of the files. */
  public void toDirectory() throws IOException, SigningKeyException {
    Optional<byte[]> key = database.key();
    if (key.isEmpty()) {
      report.noted(ALL, "are left out: the database has no key for them");
      return;
    }
    if (!Files.exists(keyFile)) {
      SigningKey.of(key.get(), "the key in the database").keepIn(keyFile);
    } else if (!Arrays.equals(SigningKey.of(keyFile).encoded(), key.get())) {
      report.different(ALL, "are signed with another key than " + keyFile);
      return;
    }
    List<TokenRecord> tokens = database.all(now);
    try (TokenFile ledger = ledger()) {
      int added = ledger.follow(tokens, now);
      for (int i = 0; i < tokens.size(); i++) {
        if (i < added) {
          report.written(Kind.TOKENS);
        } else {
          report.equal(Kind.TOKENS);
        }
      }
    }
  }
}
