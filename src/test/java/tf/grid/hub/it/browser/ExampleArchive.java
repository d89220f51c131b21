package tf.grid.hub.it.browser;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import tf.grid.hub.build.tar.TarBytes;

/** Archives such as people upload. Stateless. */
final class ExampleArchive {
  private static final String README =
      """
      # Web server

      Serves `/srv/www` on port **8080**. See the [handbook](https://docs.example/web) for more.

      | setting | default |
      | --- | --- |
      | `port` | 8080 |
      | `workers` | 4 |

      1. Mount the flist.
      2. Start `/bin/serve`.

      > Configuration is read again on `SIGHUP`.

          serve --port 8080
      """;

  private ExampleArchive() {}

  /** A server with a README, texts, a picture, a program and a link. */
  static byte[] web(String version) throws IOException {
    TarBytes archive =
        new TarBytes()
            .file(".README.md", README)
            .directory("bin/")
            .entry(new TarBytes.Header("bin/serve").mode(0755).size(200_000), noise(200_000))
            .symbolicLink("bin/httpd", "serve")
            .directory("etc/")
            .file("etc/serve.conf", "port = 8080\nworkers = 4\nversion = " + version + "\n")
            .file("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nweb:x:33:33::/srv/www:/bin/false\n")
            .directory("srv/")
            .directory("srv/www/")
            .file("srv/www/index.html", "<!DOCTYPE html>\n<title>It works</title>\n")
            .file("srv/www/logo.png", logo())
            .directory("usr/")
            .directory("usr/share/")
            .directory("usr/share/words/");
    for (int i = 0; i < 40; i++) {
      archive.file(
          "usr/share/words/list-" + (i + 10) + ".txt", "words of " + version + " " + i % 3);
    }
    return (version.equals("1.3") ? archive.file("etc/mime.types", "text/css css\n") : archive)
        .gzip();
  }

  /** A few small programs. */
  static byte[] tools() {
    return new TarBytes()
        .directory("bin/")
        .file("bin/ls", "#!/bin/sh\necho .\n")
        .file("etc/serve.conf", "port = 9090\n")
        .file(
            "bin/a-name-that-is-rather-long-and-has-no-blank-in-it-as-names-of-libraries-do.so.1.2.3",
            "x")
        .file("usr/share/doc/büro 日本.txt", "Grüße\n")
        .gzip();
  }

  private static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private static byte[] logo() throws IOException {
    BufferedImage image = new BufferedImage(160, 90, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setPaint(
        new java.awt.GradientPaint(0, 0, new Color(0x0d6efd), 160, 90, new Color(0x20c997)));
    pen.fillRect(0, 0, 160, 90);
    pen.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }
}
