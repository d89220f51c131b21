package tf.grid.hub.soak;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.client.Uploader;

/** Sends archives that need much memory or are broken, and breaks off downloads. */
final class HostileUploads implements Runnable {
  private static final int ENTRIES = 200_000;

  /** Offset of the size of the dictionary, and the code of 64 MiB. */
  private static final int DICTIONARY = 16;

  private static final byte DICTIONARY_64_MIB = 28;
  private static final int LARGEST_WINDOW_BITS = 25;

  private final SoakHub hub;
  private final Uploader client;
  private final Figures figures;
  private final String download;
  private final List<byte[]> archives;
  private final Random random = new Random(7);
  private volatile boolean ended;

  HostileUploads(SoakHub hub, Uploader client, Figures figures, String download)
      throws IOException {
    this.hub = hub;
    this.client = client;
    this.figures = figures;
    this.download = download;
    this.archives = List.of(manyEntries(), truncated(), largeDictionary(), largeWindow());
  }

  void end() {
    ended = true;
  }

  @Override
  public void run() {
    try {
      while (!ended) {
        byte[] archive = archives.get(random.nextInt(archives.size()));
        try {
          int status = client.put("/api/flist/me/hostile", archive).statusCode();
          figures.count("hostile upload", Integer.toString(status));
          breakOff();
        } catch (IOException e) {
          figures.count("hostile upload", "cut off");
        }
        TimeUnit.MILLISECONDS.sleep(random.nextInt(1000));
      }
    } catch (InterruptedException e) {
      ended = true;
    }
  }

  private void breakOff() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.port())) {
      socket.setSoLinger(true, 0);
      socket
          .getOutputStream()
          .write(
              ("GET " + download + " HTTP/1.1\r\nHost: h\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readNBytes(10_000);
    }
  }

  private static byte[] manyEntries() {
    TarBytes archive = new TarBytes();
    for (int i = 0; i < ENTRIES; i++) {
      archive.file("entry-" + i, "");
    }
    return archive.gzip();
  }

  private static byte[] truncated() {
    byte[] archive = new TarBytes().file("content", new byte[1 << 20]).gzip();
    return Arrays.copyOf(archive, archive.length / 2);
  }

  private static byte[] largeDictionary() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (XZOutputStream out = new XZOutputStream(packed, new LZMA2Options(0))) {
      out.write(new byte[1 << 20]);
    }
    byte[] bytes = packed.toByteArray();
    bytes[DICTIONARY] = DICTIONARY_64_MIB;
    return bytes;
  }

  private static byte[] largeWindow() throws IOException {
    byte[] noise = new byte[40 << 20];
    new Random(3).nextBytes(noise);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZstdOutputStreamNoFinalizer out = new ZstdOutputStreamNoFinalizer(packed)) {
      out.setLong(LARGEST_WINDOW_BITS);
      out.write(new TarBytes().file("content", noise).tar());
    }
    return packed.toByteArray();
  }
}
