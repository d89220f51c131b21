package tf.grid.hub.site.account;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Scope;
import tf.grid.hub.account.token.TokenRecord;

/** A line of the list of tokens, in words. Immutable. */
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

  /** By which it is revoked. */
  public String getId() {
    return token.id();
  }

  /** What the visitor calls it. */
  public String getLabel() {
    return token.label().isEmpty() ? "(without a label)" : token.label();
  }

  /** What it allows, and for which repository alone. */
  public String getScope() {
    return Scope.format(token.scopes())
        + token.repository().map(AccountName::value).map(only -> ", " + only + " only").orElse("");
  }

  /** The day it was made. */
  public String getIssued() {
    return day(token.issued());
  }

  /** The day it expires. */
  public String getExpires() {
    return day(token.expires());
  }

  /** The day of its last use. */
  public String getUsed() {
    return token.used().map(TokenRow::day).orElse("never");
  }

  private static String day(Instant time) {
    return DAY.format(time);
  }
}
