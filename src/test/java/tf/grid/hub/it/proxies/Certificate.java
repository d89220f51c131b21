package tf.grid.hub.it.proxies;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tf.grid.hub.image.bench.Program;

/**
 * A certificate for {@code example.org} that signs itself.
 *
 * @param certificate in PEM
 * @param key in PEM
 * @param both one after the other
 */
record Certificate(Path certificate, Path key, Path both) {

  static Certificate create(Path directory) throws IOException {
    Path certificate = directory.resolve("certificate.pem");
    Path key = directory.resolve("key.pem");
    Program.run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days=2",
        "-subj=/CN=example.org",
        "-addext=subjectAltName=DNS:example.org",
        "-keyout",
        key.toString(),
        "-out",
        certificate.toString());
    Path both =
        Files.writeString(
            directory.resolve("both.pem"), Files.readString(certificate) + Files.readString(key));
    return new Certificate(certificate, key, both);
  }
}
