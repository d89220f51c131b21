package tf.grid.hub.image.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * An image with everything that layers can have: whiteouts, opaque directories, hard links across
 * layers, changes of type, set-uid, devices, extended attributes, long names, an empty layer. It
 * can be run, by busybox.
 */
public final class OddImage {
  /** A name that no tar header has room for. */
  public static final String LONG_NAME = "long/" + "n".repeat(200) + "/" + "m".repeat(150);

  private static final byte[] CAPABILITY = {
    1, 0, 0, 2, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  private static final String OWN_CONFIG =
      """
      {"Entrypoint": ["/bin/app", "--flag"], "Cmd": ["serve", "a b"], "Env": ["PATH=/bin", "X=a=b"],
       "WorkingDir": "/srv", "User": "1000:1000", "ExposedPorts": {"80/tcp": {}},
       "Volumes": {"/data": {}}, "Labels": {"bench": "odd"}}""";

  private final TarArchiveOutputStream tar;

  private OddImage(TarArchiveOutputStream tar) {
    this.tar = tar;
  }

  /** Writes the image as a layout; gives its name for skopeo. */
  public static String in(Path directory) throws IOException {
    return layout(directory).write();
  }

  /** The image, to be changed before it is written. */
  public static ImageLayout layout(Path directory) throws IOException {
    return ImageLayout.in(directory)
        .config(OWN_CONFIG)
        .layer(tar -> new OddImage(tar).base())
        .plainLayer(tar -> new OddImage(tar).changes())
        .layer(tar -> {})
        .layer(tar -> new OddImage(tar).lastChanges());
  }

  /** {@code cap_net_raw+ep} of {@code bin/ping}, as the kernel keeps it. */
  public static byte[] capability() {
    return CAPABILITY.clone();
  }

  private void base() throws IOException {
    directory("bin/", 0755);
    file("bin/busybox", Files.readAllBytes(Path.of("/bin/busybox")), 0755);
    for (String name : new String[] {"sh", "true", "app"}) {
      link("bin/" + name, "busybox");
    }
    directory("etc/", 0755);
    file("etc/passwd", text("root:x:0:0:root:/:/bin/sh\n"), 0644);
    file("etc/old-name", text("shared between layers\n"), 0640);
    directory("srv/", 0750);
    directory("dev/", 0755);
    directory("dev/pts/", 0755);
    directory("dev/shm/", 01777);
    directory("proc/", 0555);
    directory("sys/", 0555);
    directory("data/", 0755);
    device("dev/null", TarConstants.LF_CHR, 1, 3);
    device("dev/loop7", TarConstants.LF_BLK, 7, 7);
    special("dev/pipe", TarConstants.LF_FIFO);
    file("bin/ping", text("raw sockets"), 0755, Map.of("security.capability", CAPABILITY));
    file("bin/su", text("set-uid"), 04755);
    file("bin/wall", text("set-gid"), 02755);
    directory("tmp/", 01777);
    owned("srv/data", 1000, 70_000);
    directory("opaque/", 0755);
    directory("opaque/below/", 0755);
    file("opaque/below/gone", text("hidden"), 0644);
    file("opaque/gone", text("hidden"), 0644);
    directory("gone-directory/", 0755);
    file("gone-directory/inside", text("hidden"), 0644);
    file("gone-file", text("hidden"), 0644);
    file("was-file", text("a file"), 0644);
    directory("was-directory/", 0755);
    file("was-directory/inside", text("hidden"), 0644);
    link("was-link", "etc");
    file(LONG_NAME, text("long"), 0600);
    file("na\u00efve-\u540d", text("not ASCII"), 0644);
    file("empty", new byte[0], 0444);
  }

  private void changes() throws IOException {
    hardLink("etc/new-name", "etc/old-name");
    file(".wh.gone-file", new byte[0], 0);
    file(".wh.gone-directory", new byte[0], 0);
    directory("opaque/", 0700);
    file("opaque/.wh..wh..opq", new byte[0], 0);
    file("opaque/fresh", text("only this"), 0644);
    directory("was-file/", 0711);
    file("was-file/inside", text("now a directory"), 0644);
    file("was-directory", text("now a file"), 0600);
    directory("was-link/", 0755);
    file("was-link/inside", text("no longer etc"), 0644);
  }

  private void lastChanges() throws IOException {
    file("etc/passwd", text("root:x:0:0:root:/root:/bin/sh\n"), 0600);
    file("etc/.wh.old-name", new byte[0], 0);
    file("gone-file", text("back again"), 0644);
  }

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }

  private void directory(String name, int mode) throws IOException {
    put(new TarArchiveEntry(name), mode, new byte[0]);
  }

  private void file(String name, byte[] content, int mode) throws IOException {
    put(new TarArchiveEntry(name), mode, content);
  }

  private void file(String name, byte[] content, int mode, Map<String, byte[]> attributes)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    attributes.forEach(
        (key, value) ->
            entry.addPaxHeader(
                "SCHILY.xattr." + key, new String(value, StandardCharsets.ISO_8859_1)));
    put(entry, mode, content);
  }

  private void owned(String name, int user, int group) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setIds(user, group);
    put(entry, 0600, text("owned"));
  }

  private void link(String name, String target) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
    entry.setLinkName(target);
    put(entry, 0777, new byte[0]);
  }

  private void hardLink(String name, String target) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_LINK);
    entry.setLinkName(target);
    put(entry, 0640, new byte[0]);
  }

  private void device(String name, byte type, int major, int minor) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setDevMajor(major);
    entry.setDevMinor(minor);
    put(entry, 0666, new byte[0]);
  }

  private void special(String name, byte type) throws IOException {
    put(new TarArchiveEntry(name, type), 0622, new byte[0]);
  }

  private void put(TarArchiveEntry entry, int mode, byte[] content) throws IOException {
    entry.setMode(mode);
    entry.setModTime(Instant.parse("2024-02-03T04:05:06Z").toEpochMilli());
    if (content.length > 0) {
      entry.setSize(content.length);
    }
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }
}
