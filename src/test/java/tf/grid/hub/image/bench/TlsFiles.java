package tf.grid.hub.image.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A key and a certificate for the loopback address and {@code localhost} that nobody has signed.
 *
 * @param certificate PEM file
 * @param key PEM file, PKCS #8
 */
public record TlsFiles(Path certificate, Path key) {

  /** Makes a pair of files in a directory. */
  public static TlsFiles in(Path directory) {
    TlsFiles files = new TlsFiles(directory.resolve("cert.pem"), directory.resolve("key.pem"));
    Program.run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=bench",
        "-addext",
        "subjectAltName=DNS:localhost,DNS:registry.test,IP:127.0.0.1,IP:::1",
        "-keyout",
        files.key().toString(),
        "-out",
        files.certificate().toString());
    return files;
  }

  /** The certificate. */
  public X509Certificate readCertificate() throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(certificate)) {
      Certificate read = CertificateFactory.getInstance("X.509").generateCertificate(in);
      return (X509Certificate) read;
    }
  }

  /** The key. */
  public PrivateKey readKey() throws IOException, GeneralSecurityException {
    String base64 = Files.readString(key).replaceAll("-----[A-Z ]+-----", "");
    byte[] der = Base64.getMimeDecoder().decode(base64);
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  /** For servers in the test itself. */
  public SSLContext serverContext() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    char[] none = new char[0];
    store.setKeyEntry("bench", readKey(), none, new Certificate[] {readCertificate()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, none);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
