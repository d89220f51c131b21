package tf.grid.hub.wiring.property;

import jakarta.enterprise.concurrent.CronTrigger;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads properties as typed values. A blank property counts as not set. Every method throws {@link
 * SettingException} for an invalid value.
 */
public final class Settings {

  private static final Pattern HOST =
      Pattern.compile(
          "\\*|[\\w.-]{1,253}|\\[[0-9a-fA-F:.]+]|[0-9a-fA-F]*:[0-9a-fA-F:.]*:[0-9a-fA-F.]*");
  private static final Pattern AUTHORITY =
      Pattern.compile("([\\w.-]{1,253}|\\[[0-9a-fA-F:.]+])(:\\d{1,5})?");
  private static final int CRON_FIELDS = 5;
  private static final Pattern PATH = Pattern.compile("(/[\\w.~-]{1,64}){0,8}");
  private static final Pattern WORD = Pattern.compile("[\\w.-]{1,128}");

  private final Function<String, Optional<String>> source;

  public Settings(Function<String, Optional<String>> source) {
    this.source = source;
  }

  public Optional<String> text(String property) {
    return source.apply(property).map(String::strip).filter(text -> !text.isEmpty());
  }

  public Optional<Secret> secret(String property) {
    return text(property).map(Secret::new);
  }

  public boolean flag(String property, boolean otherwise) {
    return text(property)
        .map(
            text ->
                switch (text.toLowerCase(Locale.ROOT)) {
                  case "true" -> true;
                  case "false" -> false;
                  default -> throw SettingException.of(property, text, "true or false");
                })
        .orElse(otherwise);
  }

  public Optional<Integer> port(String property) {
    return text(property).map(text -> (int) number(property, text, 1, 65_535));
  }

  /** A host name or address without scheme and port; brackets around IPv6 addresses are removed. */
  public Optional<String> host(String property) {
    return text(property)
        .map(
            text -> {
              if (!HOST.matcher(text).matches()) {
                throw SettingException.of(
                    property, text, "a host name or an address, without port");
              }
              return text.replaceAll("[\\[\\]]", "");
            });
  }

  /** A short name of printable ASCII without spaces. */
  public Optional<String> word(String property) {
    return text(property)
        .map(
            text -> {
              if (!WORD.matcher(text).matches()) {
                throw SettingException.of(
                    property, text, "1 to 128 letters, digits, '.', '_', '-'");
              }
              return text;
            });
  }

  public long count(String property, long otherwise, long least, long most) {
    return text(property).map(text -> number(property, text, least, most)).orElse(otherwise);
  }

  private static long number(String property, String text, long least, long most) {
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Reported below, like numbers out of range.
    }
    throw SettingException.of(property, text, "a whole number from " + least + " to " + most);
  }

  public long bytes(String property, long otherwise) {
    return text(property)
        .map(
            text ->
                ByteSize.parse(text)
                    .orElseThrow(
                        () ->
                            SettingException.of(
                                property, text, "a size such as 500 MiB or 20 GiB")))
        .orElse(otherwise);
  }

  /** A size that may also be {@code 0}. */
  public long bytesOrZero(String property, long otherwise) {
    return text(property).filter("0"::equals).isPresent() ? 0 : bytes(property, otherwise);
  }

  public Duration duration(String property, Duration otherwise, Duration least, Duration most) {
    return text(property).map(text -> duration(property, text, least, most)).orElse(otherwise);
  }

  private static Duration duration(String property, String text, Duration least, Duration most) {
    try {
      Duration value = Duration.parse(text);
      if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
        return value;
      }
    } catch (DateTimeParseException e) {
      // Reported below, like durations out of range.
    }
    throw SettingException.of(
        property,
        text,
        "an ISO 8601 duration from " + least + " to " + most + ", such as P90D or PT2H");
  }

  /** A schedule of five cron fields in UTC, which has a next time. */
  public Optional<CronTrigger> schedule(String property) {
    return text(property).map(text -> schedule(property, text));
  }

  private static CronTrigger schedule(String property, String text) {
    try {
      CronTrigger schedule = new CronSchedule(text);
      schedule.getNextRunTime(null, ZonedDateTime.now(ZoneOffset.UTC));
      if (text.split("\\s+", -1).length == CRON_FIELDS) {
        return schedule;
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      // Reported below, like another number of fields.
    }
    throw SettingException.of(
        property,
        text,
        "minute, hour, day of month, month and day of week as in cron, such as 30 3 * * *");
  }

  public Path path(String property, Path otherwise) {
    return path(property).orElse(otherwise).toAbsolutePath().normalize();
  }

  public Optional<Path> path(String property) {
    return text(property)
        .map(
            text -> {
              try {
                return Path.of(text);
              } catch (InvalidPathException e) {
                throw SettingException.of(property, text, "a path");
              }
            });
  }

  /** An http or https URL without a query; trailing slashes are removed. */
  public URI site(String property, URI otherwise) {
    return text(property).map(text -> site(property, text)).orElse(otherwise);
  }

  /**
   * Reads the URL of a site, which may be below a path; a trailing slash is removed.
   *
   * @throws SettingException if it is invalid
   */
  public Optional<URI> base(String property) {
    return text(property).map(text -> url(property, text, true));
  }

  private static URI site(String property, String text) {
    return url(property, text, false);
  }

  private static URI url(String property, String text, boolean below) {
    try {
      URI url = URI.create(text.replaceFirst("/+$", ""));
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      boolean bare =
          url.getRawUserInfo() == null
              && url.getRawQuery() == null
              && url.getRawFragment() == null
              && (below ? PATH.matcher(url.getRawPath()).matches() : url.getRawPath().isEmpty());
      if (web && bare && url.getHost() != null && url.getPort() <= 65_535) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Reported below, like other invalid addresses.
    }
    throw SettingException.of(
        property,
        text,
        below
            ? "an address such as https://hub.example or https://example.org/hub"
            : "an address such as https://hub.example, without a path");
  }

  /** The address of a container engine: a local socket, or a host and a port. */
  public URI engine(String property, URI otherwise) {
    return text(property).map(text -> engine(property, text)).orElse(otherwise);
  }

  private static URI engine(String property, String text) {
    try {
      URI host = URI.create(text);
      boolean socket =
          "unix".equals(host.getScheme())
              && host.getRawAuthority() == null
              && host.getPath() != null
              && host.getPath().length() > 1;
      boolean network =
          "tcp".equals(host.getScheme())
              && host.getHost() != null
              && host.getPort() > 0
              && host.getPort() <= 65_535
              && host.getRawPath().isEmpty();
      if (socket || network) {
        return host;
      }
    } catch (IllegalArgumentException e) {
      // Reported below, like other invalid addresses.
    }
    throw SettingException.of(
        property, text, "an address such as unix:///var/run/docker.sock or tcp://127.0.0.1:2375");
  }

  /** A host name or an address, with or without a port. */
  public Optional<String> authority(String property) {
    return text(property)
        .map(
            text -> {
              if (!AUTHORITY.matcher(text).matches()) {
                throw SettingException.of(property, text, "a host name, with a port if need be");
              }
              return text;
            });
  }

  /**
   * An http or https URL with an optional path, unchanged: issuers are compared character by
   * character.
   */
  public Optional<URI> issuer(String property) {
    return text(property)
        .map(
            text -> {
              try {
                URI url = URI.create(text);
                boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
                boolean bare = url.getRawQuery() == null && url.getRawFragment() == null;
                if (web && bare && url.getHost() != null && url.getRawUserInfo() == null) {
                  return url;
                }
              } catch (IllegalArgumentException e) {
                // Reported below, like other invalid addresses.
              }
              throw SettingException.of(
                  property, text, "an address such as https://login.example/realms/main");
            });
  }

  /** Comma-separated parts, trimmed, without empty ones. */
  public List<String> list(String property) {
    return text(property)
        .map(
            text ->
                Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .toList())
        .orElse(List.of());
  }

  public <E extends Enum<E>> E choice(String property, Class<E> type, E otherwise) {
    return text(property).map(text -> choice(property, text, type)).orElse(otherwise);
  }

  private static <E extends Enum<E>> E choice(String property, String text, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> word(constant).equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                SettingException.of(
                    property,
                    text,
                    "one of "
                        + String.join(
                            ", ",
                            Arrays.stream(type.getEnumConstants()).map(Settings::word).toList())));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
