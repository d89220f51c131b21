package tf.grid.hub.account.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.account.token.TokenLedger.TokenLedgerException;

/** The contract, with a ledger on disk. */
class TokenFileTest extends TokensContract {

  @TempDir static Path directory;
  private Path ledger;

  @Override
  protected void newLedger() throws IOException {
    ledger = Files.createTempDirectory(directory, "hub").resolve("data/tokens.sqlite3");
  }

  @Override
  protected TokenLedger openLedger(Instant now) throws IOException {
    return TokenFile.open(ledger, now, () -> {});
  }

  @Override
  protected boolean isKept(String id) throws IOException {
    return Files.readString(ledger, ISO_8859_1).contains(id);
  }

  @Test
  void a_token_whose_id_is_known_for_another_owner_is_refused() throws Exception {
    IssuedToken token = tokens.issue(laptop(ALICE));
    tokens.close();
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + ledger);
        Statement change = database.createStatement()) {
      change.executeUpdate("UPDATE tokens SET owner = '" + BOB.value() + "'");
    }
    reopen();

    assertThat(tokens.check(token.text())).isEmpty();
  }

  @Test
  void the_text_of_a_token_is_kept_nowhere() throws Exception {
    IssuedToken token = tokens.issue(laptop(ALICE));
    String signature = token.text().substring(token.text().lastIndexOf('.') + 1);

    assertThat(Files.readString(ledger, ISO_8859_1))
        .contains(token.claims().id())
        .doesNotContain(signature);
  }

  @Test
  void only_the_owner_of_the_hub_reads_the_ledger() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ledger)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_damaged_ledger_is_told() throws Exception {
    Path damaged = ledger.resolveSibling("damaged");
    Files.writeString(damaged, "this is no database, and long enough to be one ".repeat(100));

    assertThatThrownBy(() -> TokenFile.open(damaged, Instant.EPOCH, () -> {}))
        .isInstanceOf(TokenLedgerException.class)
        .hasMessageContainingAll("damaged cannot be used", "all tokens become invalid");
  }
}
