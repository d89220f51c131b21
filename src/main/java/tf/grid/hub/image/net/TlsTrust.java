package tf.grid.hub.image.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

final class TlsTrust {

  private TlsTrust() {}

  /**
   * Trusts the default authorities of Java and additional ones.
   *
   * @param more PEM file of additional authorities
   * @throws IOException if the file cannot be read or contains no certificates
   */
  static SSLContext authorities(Optional<Path> more) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (X509Certificate known : usual().getAcceptedIssuers()) {
        store.setCertificateEntry("known-" + store.size(), known);
      }
      if (more.isPresent()) {
        for (Certificate own : read(more.get())) {
          store.setCertificateEntry("own-" + store.size(), own);
        }
      }
      return context(managers(store));
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificates of authorities cannot be read: " + e.getMessage(), e);
    }
  }

  /** Trusts all certificates, for hosts configured as insecure. */
  static SSLContext everyone() throws IOException {
    try {
      return context(new TrustManager[] {new Everyone()});
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the certificates in a PEM file.
   *
   * @throws IOException if the file cannot be read or contains no certificates
   */
  static Collection<? extends Certificate> read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (all.isEmpty()) {
        throw new IOException(file + " has no certificate");
      }
      return all;
    } catch (CertificateException e) {
      throw new IOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static X509TrustManager usual() throws GeneralSecurityException {
    for (TrustManager manager : managers(null)) {
      if (manager instanceof X509TrustManager certificates) {
        return certificates;
      }
    }
    throw new GeneralSecurityException("this Java runtime trusts no certificates");
  }

  private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static SSLContext context(TrustManager[] managers) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers, null);
    return context;
  }

  /** Accepts all certificates, for registries that the operator marked as insecure. */
  private static final class Everyone implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
