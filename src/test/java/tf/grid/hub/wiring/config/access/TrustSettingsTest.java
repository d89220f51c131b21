package tf.grid.hub.wiring.config.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.wiring.property.SettingException;
import tf.grid.hub.wiring.property.Settings;

class TrustSettingsTest {

  private static final URI HUB = URI.create("https://hub.example");
  private static final String ISSUER = "hub.auth.jwt.issuer";
  private static final String KEY = "hub.auth.jwt.public-key";
  private static final String SEED = "hub.auth.threebot.seed";
  private static final String MAX_AGE = "hub.auth.threebot.legacy-token-max-age";
  private static final String ITSYOU_KEY = "hub.auth.iyo.public-key";
  private static final String P256 = curve("secp256r1");
  private static final String P384 = curve("secp384r1");
  private static final byte[] SEED_BYTES = new byte[32];

  @TempDir private Path directory;

  private static String curve(String name) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(name));
      byte[] key = generator.generateKeyPair().getPublic().getEncoded();
      return "-----BEGIN PUBLIC KEY-----\n"
          + Base64.getEncoder().encodeToString(key)
          + "\n-----END PUBLIC KEY-----";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TrustSettings trust(String... pairs) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i], pairs[i + 1]);
    }
    return TrustSettings.from(new Settings(name -> Optional.ofNullable(values.get(name))), HUB);
  }

  private static void assertRefused(String line, String... pairs) {
    assertThatThrownBy(() -> trust(pairs)).isInstanceOf(SettingException.class).hasMessage(line);
  }

  @Test
  void nobody_is_trusted_unless_the_operator_says_so() {
    assertThat(trust())
        .isEqualTo(new TrustSettings(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void an_issuer_has_a_name_and_a_key() {
    TrustSettings.Issuer issuer =
        trust(ISSUER, "https://sso.example", KEY, P256).issuer().orElseThrow();

    assertThat(issuer.name()).isEqualTo("https://sso.example");
    assertThat(issuer.keys().algorithms()).containsExactly("ES256");
    assertThat(issuer.audiences()).containsExactly("https://hub.example");
  }

  @Test
  void half_an_issuer_is_refused() {
    assertRefused(
        "hub.auth.jwt.issuer is '', but must be set when hub.auth.jwt.public-key is", KEY, P256);
    assertRefused(
        "hub.auth.jwt.public-key is '', but must be set when hub.auth.jwt.issuer is",
        ISSUER,
        "https://sso.example");
  }

  @Test
  void an_issuer_on_another_curve_is_refused() {
    assertRefused(
        "hub.auth.jwt.public-key is 'a key', but must be an RSA key, or an elliptic curve key,"
            + " P-256",
        ISSUER,
        "https://sso.example",
        KEY,
        P384);
  }

  @Test
  void an_algorithm_that_is_not_that_of_the_key_is_refused() {
    String algorithm = "mp.jwt.verify.publickey.algorithm";

    assertRefused(
        "hub.auth.jwt.public-key is 'a key', but must be a key for RS256",
        ISSUER,
        "https://sso.example",
        KEY,
        P256,
        algorithm,
        "RS256");
    assertRefused(
        "mp.jwt.verify.publickey.algorithm is 'HS256', but must be one of RS256, ES256",
        ISSUER,
        "https://sso.example",
        KEY,
        P256,
        algorithm,
        "HS256");
  }

  @Test
  void a_key_comes_from_a_file_too() throws IOException {
    Path file = Files.writeString(directory.resolve("sso.pem"), P256);

    for (String location : new String[] {file.toString(), file.toUri().toString()}) {
      assertThat(trust(ISSUER, "https://sso.example", KEY, location).issuer()).isPresent();
    }
  }

  @Test
  void a_file_that_cannot_be_keys_is_refused() throws IOException {
    Path missing = directory.resolve("missing.pem");
    Path large = Files.writeString(directory.resolve("large.pem"), "x".repeat(65_537));

    assertRefused(
        KEY
            + " is '"
            + missing
            + "', but must be keys in PEM or JSON, or a file of them that can be read",
        ISSUER,
        "https://sso.example",
        KEY,
        missing.toString());
    assertRefused(
        KEY + " is '" + large + "', but must be a file of at most 65536 bytes",
        ISSUER,
        "https://sso.example",
        KEY,
        large.toString());
  }

  @Test
  void the_earlier_hub_has_a_seed_in_base64_or_hexadecimal() {
    for (String seed :
        new String[] {
          Base64.getEncoder().encodeToString(SEED_BYTES), HexFormat.of().formatHex(SEED_BYTES)
        }) {
      TrustSettings.Earlier earlier = trust(SEED, seed, MAX_AGE, "P1D").earlier().orElseThrow();

      assertThat(earlier.seedBytes()).isEqualTo(SEED_BYTES);
      assertThat(earlier.maxAge()).isEqualTo(Duration.ofDays(1));
      assertThat(earlier.toString()).doesNotContain(seed);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "too short",
        "AAAA",
        "zz00000000000000000000000000000000000000000000000000000000000000",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void a_bad_seed_is_refused_and_not_shown(String seed) {
    assertRefused(
        "hub.auth.threebot.seed is '**redacted**', but must be 32 bytes in base64 or hexadecimal",
        SEED,
        seed,
        MAX_AGE,
        "P1D");
  }

  @Test
  void an_age_without_a_seed_is_refused() {
    assertRefused(
        "hub.auth.threebot.seed is '', but must be set: 32 bytes in base64 or hexadecimal",
        MAX_AGE,
        "P1D");
  }

  @Test
  void the_key_of_itsyou_online_is_on_its_curve() {
    assertThat(trust(ITSYOU_KEY, P384).itsyou().orElseThrow().client()).isEmpty();
    assertRefused(
        "hub.auth.iyo.public-key is 'a key', but must be an elliptic curve key, P-384",
        ITSYOU_KEY,
        P256);
  }

  @Test
  void the_name_of_the_hub_at_itsyou_online_is_known() {
    TrustSettings trust = trust(ITSYOU_KEY, P384, "hub.auth.iyo.client-id", "hub");

    assertThat(trust.itsyou().orElseThrow().client()).hasValue("hub");
  }
}
