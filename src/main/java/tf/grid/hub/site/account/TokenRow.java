package tf.grid.hub.site.account;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Scope;
import tf.grid.hub.account.token.TokenRecord;

/** A row in the list of tokens. Immutable. */
public final class TokenRow {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

  private final TokenRecord token;

  private TokenRow(TokenRecord token) {
    this.token = token;
  }

  static TokenRow of(TokenRecord token) {
    return new TokenRow(token);
  }

  public String getId() {
    return token.id();
  }

  /** The note; may be empty. */
  public String getLabel() {
    return token.label();
  }

  public String getScope() {
    return Scope.format(token.scopes());
  }

  /** The only repository that it can be used for; empty if it is not restricted. */
  public String getOnly() {
    return token.repository().map(AccountName::value).orElse("");
  }

  public String getIssued() {
    return day(token.issued());
  }

  public String getExpires() {
    return day(token.expires());
  }

  /** The day of the last use; empty if it was never used. */
  public String getUsed() {
    return token.used().map(TokenRow::day).orElse("");
  }

  private static String day(Instant time) {
    return DAY.format(time);
  }
}
