package tf.grid.hub.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.http.RateLimitFields;
import tf.grid.hub.http.proxy.ClientAddress;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.TryAgainLaterException;
import tf.grid.hub.limit.rate.RequestRate;
import tf.grid.hub.limit.rate.RequestRate.Attempt;

/**
 * Limits how often accounts and addresses change something. An address may do so more often than an
 * account, because several users can share one. Thread-safe.
 */
public final class ChangeRates {
  private static final int ACCOUNTS_OF_AN_ADDRESS = 4;

  /** Bytes of an IPv6 address that networks assign; a client can choose the others. */
  private static final int NETWORK_BYTES = 8;

  /** Nothing else, so that no name is looked up. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.|$)){4}|(?=.*:)[0-9a-fA-F:]{2,39}(\\d+(\\.\\d+){3})?");

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Optional<Limit> changes;
  private final Optional<Limit> conversions;
  private final ClientAddress addresses;

  /**
   * Limits changes.
   *
   * @param changesPerMinute of an account; 0 for any number
   * @param conversionsPerHour of an account; 0 for any number
   */
  public ChangeRates(
      long changesPerMinute, long conversionsPerHour, ClientAddress addresses, Ticker ticker) {
    this.changes = limit("changes", changesPerMinute, MINUTE, ticker);
    this.conversions = limit("conversions", conversionsPerHour, HOUR, ticker);
    this.addresses = addresses;
  }

  private static Optional<Limit> limit(String name, long count, Duration period, Ticker ticker) {
    return count == 0
        ? Optional.empty()
        : Optional.of(
            new Limit(
                name,
                new RequestRate<>(count, period, ticker),
                new RequestRate<>(ACCOUNTS_OF_AN_ADDRESS * count, period, ticker)));
  }

  private record Limit(
      String name, RequestRate<AccountName> accounts, RequestRate<String> addresses) {}

  private List<Limit> limits(ChangeKind kind) {
    return switch (kind) {
      case CHANGE -> changes.stream().toList();
      case CONVERSION -> Stream.concat(changes.stream(), conversions.stream()).toList();
      case UNCOUNTED -> List.of();
    };
  }

  /**
   * Counts a request for its address, whether it will be permitted or not. Those of the same
   * machine are not counted: they may come through a proxy that does not tell the address.
   *
   * @throws TryAgainLaterException if the address has made too many
   */
  void countAddress(ChangeKind kind, HttpServletRequest request) {
    for (Limit limit : limits(kind)) {
      network(addresses.of(request))
          .ifPresent(
              address -> count(limit.name(), limit.addresses(), address, request, "address"));
    }
  }

  /**
   * Counts a permitted request for the acting account.
   *
   * @throws TryAgainLaterException if the account has made too many
   */
  void countAccount(ChangeKind kind, AccountName account, HttpServletRequest request) {
    for (Limit limit : limits(kind)) {
      count(limit.name(), limit.accounts(), account, request, "account");
    }
  }

  private static <K> void count(
      String name, RequestRate<K> rate, K key, HttpServletRequest request, String whose) {
    Attempt attempt = rate.take(key);
    RateLimitFields.of(request)
        .add(
            name,
            new RateLimitFields.Limit(
                rate.count(), rate.period(), attempt.left(), attempt.pause()));
    if (!attempt.taken()) {
      long pause = RateLimitFields.seconds(attempt.pause());
      throw TryAgainLaterException.tooMany(
          Duration.ofSeconds(pause),
          "too many %s from this %s: %d are possible in %d minutes, the next one in %d seconds"
              .formatted(name, whose, rate.count(), rate.period().toMinutes(), pause));
    }
  }

  /** What is counted together; empty for the same machine, or if the address is unknown. */
  private static Optional<String> network(String address) {
    if (address == null || !ADDRESS.matcher(address).matches()) {
      return Optional.empty();
    }
    try {
      InetAddress parsed = InetAddress.getByName(address);
      byte[] bytes = parsed.getAddress();
      int length = bytes.length > Integer.BYTES ? NETWORK_BYTES : bytes.length;
      return parsed.isLoopbackAddress()
          ? Optional.empty()
          : Optional.of(HexFormat.of().formatHex(Arrays.copyOf(bytes, length)));
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }
}
