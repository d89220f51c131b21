package tf.grid.hub.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.build.tar.TarEntry;
import tf.grid.hub.build.tar.TarReader;
import tf.grid.hub.build.tar.header.TarException;

/** Records of PAX headers, in an archive whose header blocks are correct. */
final class PaxTarget implements FuzzTarget {
  private static final int MOST_HEADER_BYTES = 1 << 16;

  @Override
  public List<byte[]> seeds() {
    return List.of(
        bytes("16 path=d/hello\n12 uid=1000\n20 mtime=1.700000001\n"),
        bytes("13 linkpath=x\n11 size=007\n18 uname=müller\n6 a=\n"),
        bytes("30 SCHILY.xattr.user.a=\0=\n\nvalue\n22 SCHILY.devmajor=12\n"),
        bytes("22 GNU.sparse.major=0\n22 GNU.sparse.minor=1\n20 GNU.sparse.size=9\n"),
        bytes("22 GNU.sparse.major=1\n25 GNU.sparse.realsize=99\n26 GNU.sparse.map=0,1,8,1\n"),
        bytes("23 GNU.sparse.offset=0\n25 GNU.sparse.numbytes=7\n20 GNU.sparse.name=n\n"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Override
  public void read(byte[] records) throws IOException {
    readArchive(new TarBytes().header('x', records).file("f", "content").tar());
    readArchive(new TarBytes().header('g', records).hardLink("l", "f").file("f", "content").tar());
  }

  private static void readArchive(byte[] archive) throws IOException {
    try {
      TarReader tar = new TarReader(new ByteArrayInputStream(archive), MOST_HEADER_BYTES);
      for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
        tar.readFully(new byte[100], 0, (int) Math.min(100, entry.size()));
      }
    } catch (TarException refused) {
      Seeds.checkMessage(refused);
    }
  }
}
