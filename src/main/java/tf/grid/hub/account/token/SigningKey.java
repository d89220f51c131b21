package tf.grid.hub.account.token;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * The hub's RSA key, which is used only to sign tokens. RSA because tokens are verified far more
 * often than created, and verification is twenty times cheaper than with elliptic curves.
 * Immutable.
 */
public final class SigningKey {

  private static final int BITS = 2048;
  private static final long MAX_FILE_BYTES = 65_536;
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final RSAPrivateCrtKey secret;
  private final PublicKey open;

  private SigningKey(RSAPrivateCrtKey secret) throws GeneralSecurityException {
    this.secret = secret;
    this.open =
        KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(secret.getModulus(), secret.getPublicExponent()));
  }

  /**
   * Reads the key from a file (PKCS #8 in PEM), or creates the file atomically, readable by its
   * owner only.
   *
   * @throws SigningKeyException if others can read the file, or it does not contain an RSA key of
   *     at least 2048 bits
   * @throws IOException if the file cannot be read or written
   */
  public static SigningKey of(Path file) throws SigningKeyException, IOException {
    try {
      return new SigningKey(read(file));
    } catch (NoSuchFileException e) {
      return create(file);
    } catch (GeneralSecurityException | IllegalArgumentException | ClassCastException e) {
      throw new SigningKeyException(
          file
              + " is not an RSA private key of at least "
              + BITS
              + " bits in PEM: put the key back, or remove the file and all tokens become invalid",
          e);
    }
  }

  private static RSAPrivateCrtKey read(Path file)
      throws IOException, SigningKeyException, GeneralSecurityException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (!OWNER_ONLY.containsAll(permissions)) {
      throw new SigningKeyException(
          file
              + " can be used by others ("
              + PosixFilePermissions.toString(permissions)
              + "): they may have made tokens with it; remove it, or run chmod 600 on it");
    }
    if (Files.size(file) > MAX_FILE_BYTES) {
      throw new IllegalArgumentException("larger than any key");
    }
    String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
    if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
      throw new IllegalArgumentException("no PEM private key");
    }
    String body = text.substring(BEGIN.length(), text.length() - END.length());
    return decode(Base64.getMimeDecoder().decode(body));
  }

  private static RSAPrivateCrtKey check(PrivateKey key) {
    RSAPrivateCrtKey secret = (RSAPrivateCrtKey) key;
    if (secret.getModulus().bitLength() < BITS) {
      throw new IllegalArgumentException("too short");
    }
    return secret;
  }

  private static SigningKey create(Path file) throws IOException {
    SigningKey key = create();
    write(file, key.encoded());
    return key;
  }

  /** Creates a key that is kept nowhere. */
  public static SigningKey create() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      return new SigningKey((RSAPrivateCrtKey) generator.generateKeyPair().getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has RSA", e);
    }
  }

  /**
   * A key that was encoded before.
   *
   * @param place of the key, for the message
   * @throws SigningKeyException if it is not an RSA key of at least 2048 bits
   */
  public static SigningKey of(byte[] encoded, String place) throws SigningKeyException {
    try {
      return new SigningKey(decode(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException | ClassCastException e) {
      throw new SigningKeyException(
          place + " is not an RSA private key of at least " + BITS + " bits", e);
    }
  }

  private static RSAPrivateCrtKey decode(byte[] encoded) throws GeneralSecurityException {
    return check(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
  }

  /**
   * Creates a file with the key, readable by its owner only, or replaces one.
   *
   * @throws IOException if it cannot be written
   */
  public void keepIn(Path file) throws IOException {
    write(file, encoded());
  }

  /** The key in PKCS #8. Secret. */
  public byte[] encoded() {
    return secret.getEncoded();
  }

  private static void write(Path file, byte[] encoded) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path temporary = directory.resolve(".tmp-key-" + UUID.randomUUID());
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    ByteBuffer pem = StandardCharsets.US_ASCII.encode(BEGIN + "\n" + lines + "\n" + END + "\n");
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
        while (pem.hasRemaining()) {
          channel.write(pem);
        }
        channel.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    try (FileChannel names = FileChannel.open(directory)) {
      names.force(true);
    }
  }

  PrivateKey secret() {
    return secret;
  }

  PublicKey open() {
    return open;
  }

  @Override
  public String toString() {
    return "signing key (redacted)";
  }

  /** The signing key cannot be used. The message says why and what to do. */
  public static final class SigningKeyException extends Exception {
    private static final long serialVersionUID = 1;

    SigningKeyException(String message, Throwable cause) {
      super(message, cause);
    }

    SigningKeyException(String message) {
      super(message);
    }
  }
}
