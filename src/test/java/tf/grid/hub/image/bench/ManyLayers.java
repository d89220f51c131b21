package tf.grid.hub.image.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * An image of many layers. Each adds, replaces, links and removes entries, chosen at random but the
 * same in every run. No layer has a path twice or removes what it has itself, because engines
 * differ there.
 */
public final class ManyLayers {
  private static final int CHANGES = 6;
  private static final int NAMES = 25;
  private static final int DEPTH = 5;

  private final Random random = new Random(200);

  /** Paths of the merged tree with their types; directories end with a slash. */
  private final TreeMap<String, Byte> tree = new TreeMap<>(Map.of("", TarConstants.LF_DIR));

  private Set<String> own = Set.of();
  private long time = 1_600_000_000;

  private ManyLayers() {}

  /** Writes the image as a layout; gives its name for skopeo. */
  public static String in(Path directory, int layers) throws IOException {
    ManyLayers image = new ManyLayers();
    ImageLayout layout = ImageLayout.in(directory);
    for (int i = 0; i < layers; i++) {
      layout.plainLayer(image::write);
    }
    return layout.write();
  }

  private void write(TarArchiveOutputStream tar) throws IOException {
    own = new HashSet<>();
    time++;
    for (int i = 0; i < CHANGES; i++) {
      switch (random.nextInt(8)) {
        case 0, 1 -> put(tar, fresh(""), TarConstants.LF_NORMAL, "");
        case 2 -> put(tar, fresh("/"), TarConstants.LF_DIR, "");
        case 3 -> put(tar, fresh(""), TarConstants.LF_SYMLINK, "n" + random.nextInt(NAMES));
        case 4 -> put(tar, any(TarConstants.LF_NORMAL), TarConstants.LF_NORMAL, "");
        case 5 -> put(tar, fresh(""), TarConstants.LF_LINK, any(TarConstants.LF_NORMAL));
        case 6 -> remove(tar, any(TarConstants.LF_NORMAL));
        default -> removeDirectory(tar, any(TarConstants.LF_DIR));
      }
    }
  }

  /** A path that does not exist. */
  private String fresh(String suffix) {
    String parent = any(TarConstants.LF_DIR);
    String path = parent + "n" + random.nextInt(NAMES);
    boolean taken = tree.containsKey(path) || tree.containsKey(path + "/");
    boolean deep = parent.chars().filter(c -> c == '/').count() > DEPTH;
    return taken || deep ? null : path + suffix;
  }

  /** A path of this type; null if there is none. */
  private String any(byte type) {
    List<String> paths = tree.keySet().stream().filter(path -> tree.get(path) == type).toList();
    return paths.isEmpty() ? null : paths.get(random.nextInt(paths.size()));
  }

  private void put(TarArchiveOutputStream tar, String path, byte type, String target)
      throws IOException {
    if (path == null || target == null || !own.add(path)) {
      return;
    }
    byte[] content = new byte[0];
    TarArchiveEntry entry = new TarArchiveEntry(path, type);
    entry.setLinkName(target);
    if (type == TarConstants.LF_NORMAL) {
      content = (path + time).repeat(1 + random.nextInt(50)).getBytes(UTF_8);
      entry.setSize(content.length);
    }
    add(tar, entry, content);
    own.add(type == TarConstants.LF_LINK ? target : path);
    tree.put(path, type == TarConstants.LF_LINK ? TarConstants.LF_NORMAL : type);
  }

  private void remove(TarArchiveOutputStream tar, String path) throws IOException {
    if (path != null && !own.contains(path)) {
      whiteout(tar, path);
      tree.remove(path);
    }
  }

  /** Removes a directory, or only what is in it. */
  private void removeDirectory(TarArchiveOutputStream tar, String path) throws IOException {
    if (path.isEmpty() || own.stream().anyMatch(other -> other.startsWith(path))) {
      return;
    }
    if (random.nextBoolean()) {
      whiteout(tar, path.substring(0, path.length() - 1));
      tree.subMap(path, path + Character.MAX_VALUE).clear();
    } else {
      put(tar, path, TarConstants.LF_DIR, "");
      add(tar, new TarArchiveEntry(path + ".wh..wh..opq"), new byte[0]);
      tree.subMap(path, false, path + Character.MAX_VALUE, false).clear();
    }
  }

  private void whiteout(TarArchiveOutputStream tar, String path) throws IOException {
    int name = path.lastIndexOf('/') + 1;
    own.add(path);
    String whiteout = path.substring(0, name) + ".wh." + path.substring(name);
    add(tar, new TarArchiveEntry(whiteout), new byte[0]);
  }

  private void add(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] content)
      throws IOException {
    // Files have the same attributes, as a hard link has those of its target.
    entry.setMode(entry.isDirectory() ? 0700 + random.nextInt(0100) : 0640);
    entry.setIds(entry.isDirectory() ? random.nextInt(3) : 7, 8);
    entry.setModTime(time * 1000);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }
}
