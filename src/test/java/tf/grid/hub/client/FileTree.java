package tf.grid.hub.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * What is at each path, in words that can be compared: type, mode, owner, and size and digest, link
 * or device. A path's bytes are its characters.
 */
public final class FileTree {

  private FileTree() {}

  /** The tree of a flist, its content read from the backend. */
  public static Map<String, String> ofFlist(byte[] flist, ZdbConnection backend)
      throws IOException, SQLException {
    Map<String, String> tree = new TreeMap<>();
    try (FlistClient reader = new FlistClient(flist)) {
      for (Map.Entry<String, FlistClient.Entry> each : reader.entries().entrySet()) {
        FlistClient.Entry entry = each.getValue();
        String[] owner = entry.owner().split(":", -1);
        String detail =
            entry.kind().equals("file") ? digest(reader.content(entry, backend)) : entry.detail();
        tree.put(
            each.getKey(), words(entry.kind(), entry.mode(), owner[2] + ":" + owner[3], detail));
      }
    }
    return tree;
  }

  /** The tree of a plain archive that holds a whole file system. */
  public static Map<String, String> ofTar(InputStream archive) throws IOException {
    Map<String, String> tree = new TreeMap<>();
    try (TarArchiveInputStream tar = new TarArchiveInputStream(archive, ISO_8859_1.name())) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String path = path(entry.getName());
        if (entry.isLink()) {
          tree.put(path, tree.get(path(entry.getLinkName())));
        } else if (!path.isEmpty()) {
          tree.put(path, words(entry, tar));
        }
      }
    }
    return tree;
  }

  private static String path(String name) {
    // The library decodes the names in extended headers itself, from UTF-8.
    boolean decoded = name.chars().anyMatch(c -> c > 0xff);
    String bytes = decoded ? new String(name.getBytes(UTF_8), ISO_8859_1) : name;
    return ("/" + bytes).replaceFirst("^/\\.(/|$)", "/").replaceFirst("/$", "");
  }

  private static String words(TarArchiveEntry entry, InputStream content) throws IOException {
    String owner = entry.getLongUserId() + ":" + entry.getLongGroupId();
    int mode = entry.getMode() & 07777;
    String device = entry.getDevMajor() + "," + entry.getDevMinor();
    if (entry.isSymbolicLink()) {
      return words("link", 0777, owner, entry.getLinkName());
    } else if (entry.isDirectory()) {
      return words("directory", mode, owner, "");
    } else if (entry.isFIFO()) {
      return words("special 3", mode, owner, "(nothing)");
    } else if (entry.isBlockDevice()) {
      return words("special 1", mode, owner, device);
    } else if (entry.isCharacterDevice()) {
      return words("special 2", mode, owner, device);
    }
    return words("file", mode, owner, digest(content.readAllBytes()));
  }

  private static String digest(byte[] content) {
    return content.length + " " + HexFormat.of().formatHex(SpecCodec.blake2b(16, content));
  }

  private static String words(String kind, int mode, String owner, String detail) {
    return kind + " " + Integer.toOctalString(mode) + " " + owner + " " + detail;
  }
}
