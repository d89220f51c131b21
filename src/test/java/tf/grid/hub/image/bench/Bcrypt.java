package tf.grid.hub.image.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** Hashes passwords the way registries keep them. */
final class Bcrypt {
  private static final int CHEAPEST = 5;

  private Bcrypt() {}

  static String hash(String password) {
    byte[] salt = new byte[16];
    new SecureRandom().nextBytes(salt);
    return OpenBSDBCrypt.generate("2y", password.getBytes(UTF_8), salt, CHEAPEST);
  }
}
