package tf.grid.hub.wiring.config.access;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.account.issuer.EarlierHubTokens;
import tf.grid.hub.account.issuer.IssuerKeys;
import tf.grid.hub.account.issuer.ItsyouOnlineTokens;
import tf.grid.hub.wiring.property.Secret;
import tf.grid.hub.wiring.property.SettingException;
import tf.grid.hub.wiring.property.Settings;

/**
 * Other issuers whose tokens the hub accepts.
 *
 * @param issuer an issuer of MicroProfile JWTs
 * @param earlier the earlier hub
 * @param itsyou itsyou.online
 */
public record TrustSettings(
    Optional<Issuer> issuer, Optional<Earlier> earlier, Optional<Itsyou> itsyou) {

  private static final String ISSUER = "hub.auth.jwt.issuer";
  private static final String KEY = "hub.auth.jwt.public-key";
  private static final String AUDIENCE = "hub.auth.jwt.audience";
  private static final String SEED = "hub.auth.threebot.seed";
  private static final String MAX_AGE = "hub.auth.threebot.legacy-token-max-age";
  private static final String ITSYOU_KEY = "hub.auth.iyo.public-key";
  private static final String ITSYOU_CLIENT = "hub.auth.iyo.client-id";

  private static final String MP_ISSUER = "mp.jwt.verify.issuer";
  private static final String MP_KEY = "mp.jwt.verify.publickey";
  private static final String MP_LOCATION = "mp.jwt.verify.publickey.location";
  private static final String MP_ALGORITHM = "mp.jwt.verify.publickey.algorithm";
  private static final String MP_AUDIENCES = "mp.jwt.verify.audiences";

  private static final List<String> ALGORITHMS = List.of("RS256", "ES256");
  private static final int MAX_KEY_BYTES = 65_536;

  /**
   * An issuer.
   *
   * @param name the claim {@code iss}
   * @param keys its keys
   * @param audiences accepted audiences; a token must name at least one of them
   */
  public record Issuer(String name, IssuerKeys keys, Set<String> audiences) {}

  /**
   * The earlier hub.
   *
   * @param seed the seed of the key that it signed tokens with
   * @param maxAge the age up to which its tokens are accepted
   */
  public record Earlier(Secret seed, Duration maxAge) {
    public byte[] seedBytes() {
      return decoded(seed.reveal());
    }
  }

  /**
   * The issuer itsyou.online.
   *
   * @param keys its key
   * @param client the client id that a token must have been issued for; empty accepts all
   */
  public record Itsyou(IssuerKeys keys, Optional<String> client) {}

  /**
   * Reads the settings.
   *
   * @param publicUrl the default audience
   */
  public static TrustSettings from(Settings settings, URI publicUrl) {
    return new TrustSettings(issuer(settings, publicUrl), earlier(settings), itsyou(settings));
  }

  private static Optional<Itsyou> itsyou(Settings settings) {
    Optional<IssuerKeys> keys = keys(settings, ITSYOU_KEY);
    if (keys.filter(it -> !it.algorithms().contains(ItsyouOnlineTokens.ALGORITHM)).isPresent()) {
      throw SettingException.of(ITSYOU_KEY, "a key", "an elliptic curve key, P-384");
    }
    return keys.map(it -> new Itsyou(it, settings.text(ITSYOU_CLIENT)));
  }

  private static Optional<Issuer> issuer(Settings settings, URI publicUrl) {
    Optional<String> name = settings.text(ISSUER).or(() -> settings.text(MP_ISSUER));
    Optional<IssuerKeys> keys =
        keys(settings, KEY).or(() -> keys(settings, MP_KEY)).or(() -> keys(settings, MP_LOCATION));
    Set<String> audiences = new HashSet<>(settings.list(AUDIENCE));
    if (audiences.isEmpty()) {
      audiences.addAll(settings.list(MP_AUDIENCES));
    }
    if (name.isEmpty() && keys.isEmpty()) {
      return Optional.empty();
    }
    if (name.isEmpty()) {
      throw SettingException.of(ISSUER, "", "set when " + KEY + " is");
    }
    IssuerKeys pinned =
        pinned(
            settings,
            keys.orElseThrow(() -> SettingException.of(KEY, "", "set when " + ISSUER + " is")));
    return Optional.of(
        new Issuer(
            name.get(),
            pinned,
            audiences.isEmpty() ? Set.of(publicUrl.toString()) : Set.copyOf(audiences)));
  }

  private static IssuerKeys pinned(Settings settings, IssuerKeys keys) {
    Optional<String> algorithm = settings.text(MP_ALGORITHM);
    if (algorithm.isPresent() && !ALGORITHMS.contains(algorithm.get())) {
      throw SettingException.of(MP_ALGORITHM, algorithm.get(), "one of RS256, ES256");
    }
    if (!ALGORITHMS.containsAll(keys.algorithms())) {
      throw SettingException.of(KEY, "a key", "an RSA key, or an elliptic curve key, P-256");
    }
    try {
      return algorithm.map(keys::onlyFor).orElse(keys);
    } catch (IllegalArgumentException e) {
      throw SettingException.of(KEY, "a key", e.getMessage());
    }
  }

  private static Optional<Earlier> earlier(Settings settings) {
    Optional<Secret> given = settings.secret(SEED);
    if (settings.text(MAX_AGE).isEmpty()) {
      return Optional.empty();
    }
    Duration maxAge =
        settings.duration(MAX_AGE, Duration.ZERO, Duration.ofMinutes(1), Duration.ofDays(36_500));
    String wanted = EarlierHubTokens.SEED_BYTES + " bytes in base64 or hexadecimal";
    Secret seed = given.orElseThrow(() -> SettingException.of(SEED, "", "set: " + wanted));
    if (decoded(seed.reveal()).length != EarlierHubTokens.SEED_BYTES) {
      throw SettingException.of(SEED, seed, wanted);
    }
    return Optional.of(new Earlier(seed, maxAge));
  }

  /** Decodes base64 or hexadecimal; returns an empty array if the text is neither. */
  private static byte[] decoded(String text) {
    try {
      return text.length() == 2 * EarlierHubTokens.SEED_BYTES
          ? HexFormat.of().parseHex(text)
          : Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /** Reads keys from the value of a property, or from the file that it names. */
  private static Optional<IssuerKeys> keys(Settings settings, String property) {
    return settings.text(property).map(text -> keys(property, text));
  }

  private static IssuerKeys keys(String property, String text) {
    boolean isInline = text.startsWith("-----BEGIN") || text.startsWith("{");
    try {
      return IssuerKeys.parse(isInline ? text : file(text));
    } catch (IOException e) {
      throw SettingException.of(
          property, text, "keys in PEM or JSON, or a file of them that can be read");
    } catch (IllegalArgumentException e) {
      throw SettingException.of(property, isInline ? "a key" : text, e.getMessage());
    }
  }

  private static String file(String location) throws IOException {
    Path path = location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
    if (Files.size(path) > MAX_KEY_BYTES) {
      throw new IllegalArgumentException("a file of at most " + MAX_KEY_BYTES + " bytes");
    }
    return Files.readString(path);
  }
}
