package tf.grid.hub.catalogue.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import tf.grid.hub.catalogue.directory.UsersDirectory;
import tf.grid.hub.http.file.Sha256;

/** A users directory with every kind of entry, each with a time of its own. */
final class MovableTree {

  /** 2020-09-13, in microseconds. */
  private static final long FIRST = 1_600_000_000_123_456L;

  private final Path published;
  private long time = FIRST;

  MovableTree(Path published) {
    this.published = published;
  }

  /** The directory as the hub uses it. */
  static UsersDirectory users(Path published) {
    return new UsersDirectory(published.resolve("users"), List.of(published));
  }

  void file(String name, byte[] content) throws IOException {
    Path file = published.resolve("users").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    MovedFiles.setModified(file, next());
  }

  void file(String name, String content) throws IOException {
    file(name, content.getBytes(UTF_8));
  }

  void link(String name, String target) throws IOException {
    Path link = published.resolve("users").resolve(name);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of(target));
    MovedFiles.setModified(link, next());
  }

  void directory(String name) throws IOException {
    Files.createDirectories(published.resolve("users").resolve(name));
  }

  private long next() {
    time += 86_400_000_007L;
    return time;
  }

  /** What the hub itself makes. */
  void makeEntries() throws IOException {
    byte[] large = new byte[2_500_000];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (i * 31 + i / 256);
    }
    file("alice/app.flist", "app");
    file("alice/empty.flist", "");
    file("alice/large.flist", large);
    file("alice/grün 1+2.flist", "named oddly");
    link("alice/latest.flist", "app.flist");
    link("alice/far.flist", "../bob.3bot/tool.flist");
    link("alice/lost.flist", "../nobody/gone.flist");
    link("alice/.tag-v1/app.flist", "../../alice/app.flist");
    link("alice/.tag-v1/bare", "../../alice/app.flist");
    link("alice/.tag-v1/gone.flist", "../../bob.3bot/gone.flist");
    directory("alice/.tag-empty");
    link("alice/stable", "../bob.3bot/.tag-v2");
    link("alice/broken", "../bob.3bot/.tag-v3");
    file("bob.3bot/tool.flist", "tool");
    link("bob.3bot/.tag-v2/tool.flist", "../../bob.3bot/tool.flist");
    directory("carol");
    setDirectoryTimes();
  }

  /** What people, and an earlier hub, leave in a directory. */
  void makeLeftovers() throws IOException {
    file("../elsewhere/out.flist", "outside");
    link("alice/absolute.flist", published.resolve("users/bob.3bot/tool.flist").toString());
    link("alice/out.flist", published.resolve("elsewhere/out.flist").toString());
    file("alice/notes.txt", "no entry");
    file("alice/.tmp-1", "unfinished");
    directory("alice/stuff");
    file("alice/.tag-v1/file.flist", "in a tag");
    link("alice/.hidden", "app.flist");
    file("stray", "in no repository");
    file(".dot/x.flist", "in a directory that is no repository");
    setDirectoryTimes();
  }

  void setDirectoryTimes() throws IOException {
    try (Stream<Path> all = Files.walk(published.resolve("users"))) {
      for (Path directory : all.filter(MovableTree::isDirectory).sorted().toList()) {
        MovedFiles.setModified(directory, next());
      }
    }
  }

  private static boolean isDirectory(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Everything in a users directory: kinds, bytes, texts and times, by the path. */
  static SortedMap<String, String> tree(Path published) throws IOException {
    Path users = published.resolve("users");
    SortedMap<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(users)) {
      for (Path path : all.filter(each -> !each.equals(users)).toList()) {
        found.put(users.relativize(path).toString(), describe(path));
      }
    }
    return found;
  }

  private static String describe(Path path) throws IOException {
    String time = " of " + MovedFiles.modified(path);
    if (Files.isSymbolicLink(path)) {
      return "-> " + Files.readSymbolicLink(path) + time;
    }
    return Files.isDirectory(path)
        ? "directory" + time
        : HexFormat.of().formatHex(Sha256.start().digest(Files.readAllBytes(path))) + time;
  }
}
