package tf.grid.hub.catalogue.postgresql;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tf.grid.hub.catalogue.digest.Md5Cache;

/** A temporary file and its digests. Closing removes it unless it was moved. Not thread-safe. */
final class NewFlist extends OutputStream implements Closeable {

  private final Path path;
  private final OutputStream out;
  private final MessageDigest md5 = Md5Cache.newDigest();
  private final MessageDigest sha256 = newSha256();
  private long size;
  private String md5Digits;
  private String sha256Digits;

  /** Creates a file in a directory. */
  NewFlist(Path directory) throws IOException {
    this.path = Files.createTempFile(directory, ".tmp-", "");
    this.out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    md5.update(bytes, offset, length);
    sha256.update(bytes, offset, length);
    size += length;
  }

  /** Ends the file; only then its digests are known. */
  void complete() throws IOException {
    out.close();
    md5Digits = HexFormat.of().formatHex(md5.digest());
    sha256Digits = HexFormat.of().formatHex(sha256.digest());
  }

  Path path() {
    return path;
  }

  long size() {
    return size;
  }

  String md5() {
    return md5Digits;
  }

  String sha256() {
    return sha256Digits;
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() throws IOException {
    try (out) {
      Files.deleteIfExists(path);
    }
  }
}
