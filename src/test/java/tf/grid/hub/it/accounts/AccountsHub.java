package tf.grid.hub.it.accounts;

import static tf.grid.hub.client.RecordedExchange.json;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import tf.grid.hub.RunningHub;

/** A hub that accepts all kinds of tokens, and the keys of their issuers. */
public final class AccountsHub {
  /** The lock of tests that use it, which run beside others but one after the other. */
  public static final String LOCK = "accounts hub";

  static final String GUEST_TOKEN = "guest-token-for-tests";
  static final String SSO_ISSUER = "https://sso.example";
  static final KeyPair SSO = pair("secp256r1");
  static final KeyPair ITSYOU_ONLINE = pair("secp384r1");

  private static final Path LEGACY_TOKEN = Path.of("src/test/resources/vectors/legacy-token.json");

  private static final Map<String, String> SETTINGS =
      Map.of(
          "HUB_AUTH_ENABLED",
          "true",
          "HUB_AUTH_ADMINISTRATORS",
          "root.3bot",
          "HUB_AUTH_DEV_LOGIN",
          "true",
          "HUB_AUTH_GUEST_TOKEN",
          GUEST_TOKEN,
          "HUB_AUTH_USERS_MAP",
          "official-apps=alice.3bot",
          "HUB_AUTH_JWT_ISSUER",
          SSO_ISSUER,
          "HUB_AUTH_JWT_PUBLIC_KEY",
          pem(SSO),
          "HUB_AUTH_IYO_PUBLIC_KEY",
          pem(ITSYOU_ONLINE),
          "HUB_AUTH_THREEBOT_SEED",
          legacy("seed_hex"),
          "HUB_AUTH_THREEBOT_LEGACY_TOKEN_MAX_AGE",
          "P36500D");

  private AccountsHub() {}

  /** The one hub of this kind that all tests of a run share. */
  public static RunningHub shared() {
    return RunningHub.shared(SETTINGS);
  }

  /** A field of the recorded token of the earlier hub. */
  static String legacy(String field) {
    try {
      return ((JsonObject) json(Files.readString(LEGACY_TOKEN))).getString(field);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static KeyPair pair(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(KeyPair pair) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----";
  }
}
