package tf.grid.hub.flist.file;

import static tf.grid.hub.flist.codec.DirectorySchema.*;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.capnp.WireBuilder;

/** Files that look like flists and are none, by what is wrong with them. */
public final class BadFlists {
  private BadFlists() {}

  /** All of them; databases are made in the directory. */
  public static Map<String, byte[]> all(Path folder) throws IOException {
    Map<String, byte[]> bad = new TreeMap<>();
    byte[] good = FlistVectors.sample("good.flist");
    bad.put("is empty", new byte[0]);
    bad.put("is cut off", Arrays.copyOf(good, good.length / 2));
    bad.put("is no archive", Forge.bytes("hello, this is no flist at all"));
    for (String sample : new String[] {"baddb", "garbage", "nodb", "truncated"}) {
      bad.put("sample " + sample, FlistVectors.sample("corrupt-" + sample + ".flist"));
    }
    bad.put("has a view", with(folder, "CREATE VIEW v AS SELECT key FROM entries"));
    bad.put(
        "has a trigger",
        with(folder, "CREATE TRIGGER t AFTER INSERT ON entries BEGIN SELECT 1; END"));
    bad.put("has another table", with(folder, "CREATE TABLE extra (x)"));
    bad.put("has a virtual table", with(folder, "CREATE VIRTUAL TABLE f USING fts5(x)"));
    bad.put("has another index", with(folder, "CREATE INDEX i ON entries (value)"));
    bad.put("is in write-ahead mode", with(folder, "PRAGMA journal_mode=WAL"));
    byte[] database = new Forge(folder).database(Forge.ENTRIES, Forge.METADATA);
    bad.put("lacks a page", Forge.archive(Arrays.copyOf(database, database.length - 4096)));
    byte[] corrupt = database.clone();
    Arrays.fill(corrupt, 4096, 4096 + 64, (byte) 0xff);
    bad.put("has a broken page", Forge.archive(corrupt));
    bad.put(
        "has two databases",
        Forge.archive(
            Map.of(FlistArchive.DATABASE, database, "./" + FlistArchive.DATABASE, database)));
    bad.put("names a chunk by 15 bytes", file(folder, "f", Forge.file(1, 128, 1, 15)));
    bad.put("names a chunk by 17 bytes", file(folder, "f", Forge.file(1, 128, 1, 17)));
    bad.put("has a name with a slash", file(folder, "a/b", Forge.file(0, 128, 0, 16)));
    bad.put("has a name of dots", file(folder, "..", Forge.file(0, 128, 0, 16)));
    bad.put("has garbage for a directory", row(folder, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
    bad.put("points into itself", row(folder, loop()));
    bad.put(
        "names a directory that is not there",
        new Forge(folder)
            .entry(
                Forge.inode(
                    "gone",
                    IS_DIR,
                    inode ->
                        inode
                            .struct(INODE_ATTRIBUTES, SUBDIR)
                            .text(SUBDIR_KEY, Forge.bytes("0".repeat(32)))))
            .flist());
    return bad;
  }

  private static byte[] with(Path folder, String statement) throws IOException {
    return Forge.archive(new Forge(folder).database(Forge.ENTRIES, statement));
  }

  private static byte[] file(Path folder, String name, Consumer<WireBuilder> file)
      throws IOException {
    return new Forge(folder).entry(Forge.inode(name, IS_FILE, file)).flist();
  }

  private static byte[] row(Path folder, byte[] root) throws IOException {
    return new Forge(folder).row(FlistPath.ROOT.key(), root).flist();
  }

  /** A message whose root is a far pointer to itself. */
  private static byte[] loop() {
    byte[] message = new byte[16];
    message[4] = 1;
    message[8] = 2;
    return message;
  }
}
