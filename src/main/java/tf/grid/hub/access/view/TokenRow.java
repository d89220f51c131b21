package tf.grid.hub.access.view;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Scope;
import tf.grid.hub.account.token.KnownToken;

/** A line of the list of tokens, in words. Immutable. */
public final class TokenRow {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

  private final KnownToken token;

  private TokenRow(KnownToken token) {
    this.token = token;
  }

  static TokenRow of(KnownToken token) {
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
