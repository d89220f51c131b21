package tf.grid.hub.account.login.threebot;

import com.goterl.lazysodium.LazySodiumJava;
import com.goterl.lazysodium.SodiumJava;
import com.goterl.lazysodium.utils.LibraryLoader.Mode;
import java.util.Optional;

/**
 * Cryptography of ThreeFold Connect with libsodium: Ed25519 signatures and NaCl boxes (X25519,
 * XSalsa20, Poly1305). Thread-safe.
 */
public final class NaclBox {

  /** The length of a public or private key of either curve, in bytes. */
  public static final int KEY_BYTES = 32;

  static final int SIGNATURE_BYTES = 64;
  static final int NONCE_BYTES = 24;
  private static final int MAC_BYTES = 16;

  private final LazySodiumJava sodium;
  private final byte[] privateKey;

  /**
   * Loads the library, which takes a moment.
   *
   * @param privateKey the hub's X25519 key
   */
  public NaclBox(byte[] privateKey) {
    if (privateKey.length != KEY_BYTES) {
      throw new IllegalArgumentException("an X25519 key has " + KEY_BYTES + " bytes");
    }
    this.sodium = new LazySodiumJava(new SodiumJava(Mode.BUNDLED_ONLY));
    this.privateKey = privateKey.clone();
  }

  byte[] publicKey() {
    byte[] key = new byte[KEY_BYTES];
    if (!sodium.cryptoScalarMultBase(key, privateKey)) {
      throw new IllegalStateException("the private key has no public one");
    }
    return key;
  }

  /**
   * Verifies an Ed25519 signature.
   *
   * @param signer the public key
   */
  boolean isSigned(byte[] message, byte[] signature, byte[] signer) {
    return signature.length == SIGNATURE_BYTES
        && signer.length == KEY_BYTES
        && sodium.cryptoSignVerifyDetached(signature, message, message.length, signer);
  }

  /**
   * Decrypts a box that the owner of an Ed25519 key encrypted for this hub; empty if that fails.
   */
  Optional<byte[]> open(byte[] sealed, byte[] nonce, byte[] sender) {
    byte[] senderCurve = new byte[KEY_BYTES];
    if (sealed.length < MAC_BYTES
        || nonce.length != NONCE_BYTES
        || sender.length != KEY_BYTES
        || !sodium.convertPublicKeyEd25519ToCurve25519(senderCurve, sender)) {
      return Optional.empty();
    }
    byte[] opened = new byte[sealed.length - MAC_BYTES];
    boolean good =
        sodium.cryptoBoxOpenEasy(opened, sealed, sealed.length, nonce, senderCurve, privateKey);
    return good ? Optional.of(opened) : Optional.empty();
  }

  @Override
  public String toString() {
    return "box (redacted)";
  }
}
