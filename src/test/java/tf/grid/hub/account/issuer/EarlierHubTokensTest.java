package tf.grid.hub.account.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.HandClock;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.Scope;

class EarlierHubTokensTest {

  private static final Duration YEAR = Duration.ofDays(365);

  private JsonObject vector;
  private byte[] seed;
  private HandClock clock;
  private EarlierHubTokens tokens;

  @BeforeEach
  void read() throws IOException {
    Path file = Path.of("src/test/resources/vectors/legacy-token.json");
    try (JsonReader reader = Json.createReader(Files.newBufferedReader(file))) {
      vector = reader.readObject();
    }
    seed = HexFormat.of().parseHex(vector.getString("seed_hex"));
    clock = new HandClock(Instant.ofEpochSecond(vector.getInt("issued_at")).plusSeconds(60));
    tokens = new EarlierHubTokens(seed, YEAR, clock);
  }

  private String token(String content) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(
        KeyFactory.getInstance("Ed25519")
            .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
    signature.update(content.getBytes(UTF_8));
    byte[] signed = signature.sign();
    byte[] all = new byte[signed.length + content.getBytes(UTF_8).length];
    System.arraycopy(signed, 0, all, 0, signed.length);
    System.arraycopy(content.getBytes(UTF_8), 0, all, signed.length, all.length - signed.length);
    return Base64.getUrlEncoder().encodeToString(all);
  }

  @Test
  void a_recorded_token_is_good_for_reading_and_writing() {
    Caller caller = tokens.check(vector.getString("valid")).orElseThrow();

    assertThat(caller.getName()).isEqualTo(vector.getString("user"));
    assertThat(caller.scopes()).containsExactlyInAnyOrder(Scope.READ, Scope.WRITE);
  }

  @Test
  void it_is_good_until_it_is_too_old() {
    clock.pass(YEAR.minusSeconds(61));
    assertThat(tokens.check(vector.getString("valid"))).isPresent();
    clock.pass(Duration.ofSeconds(1));
    assertThat(tokens.check(vector.getString("valid"))).isEmpty();
  }

  @Test
  void a_token_of_another_key_is_refused() {
    assertThat(tokens.check(vector.getString("signed_by_other_key"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"../x.3bot\", 1600000000]",
        "[\"alice\", 1600000000]",
        "[\"Alice.3bot\", 1600000000]",
        "[\".3bot\", 1600000000]",
        "[\"alice.3bot\", 1700000000]",
        "[\"alice.3bot\", 1e300]",
        "[\"alice.3bot\", 1600000000.5]",
        "[\"alice.3bot\", \"1600000000\"]",
        "[\"alice.3bot\", 99999999999999]",
        "[\"alice.3bot\", 1600000000, 1]",
        "[\"alice.3bot\"]",
        "[1600000000, \"alice.3bot\"]",
        "[]",
        "{}",
        "alice.3bot",
        ""
      })
  void signed_nonsense_is_refused(String content) throws GeneralSecurityException {
    assertThat(tokens.check(token("[\"alice.3bot\", 1600000000]"))).isPresent();
    assertThat(tokens.check(token(content))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAA", "====", "not base64!", "a.b.c"})
  void other_shapes_are_refused(String token) {
    assertThat(tokens.check(token)).isEmpty();
    assertThat(tokens.check(vector.getString("valid").substring(0, 80))).isEmpty();
  }

  @Test
  void a_seed_has_its_length() {
    assertThatThrownBy(() -> new EarlierHubTokens(new byte[31], YEAR, clock))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
