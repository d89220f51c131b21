package tf.grid.hub.flist.file;

import static tf.grid.hub.flist.codec.DirectorySchema.*;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.sqlite.JDBC;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.capnp.Message;
import tf.grid.hub.flist.capnp.WireBuilder;
import tf.grid.hub.flist.codec.PermissionsCodec;

/** Makes flists that no writer would make. */
public final class Forge {
  static final String ENTRIES = "CREATE TABLE entries (key VARCHAR(64) PRIMARY KEY, value BLOB)";
  static final String METADATA = "CREATE TABLE metadata (key VARCHAR(64) PRIMARY KEY, value TEXT)";
  static final String OWNER = PermissionsCodec.key(Permissions.ROOT_DIRECTORY);

  private final Path folder;
  private final Map<String, byte[]> rows = new TreeMap<>();

  /** An empty flist, whose database is made in this directory. */
  Forge(Path folder) {
    this.folder = folder;
    row(OWNER, PermissionsCodec.encode(Permissions.ROOT_DIRECTORY));
    row(FlistPath.ROOT.key(), directory(contents -> {}));
  }

  /** A flist whose one file, {@code f}, has 524,289 bytes and the block of the first 524,288. */
  public static byte[] withLostTail(Path folder) throws IOException {
    return new Forge(folder)
        .entry(inode("f", IS_FILE, file(FileNode.BLOCK_BYTES + 1, 128, 1, 16)))
        .flist();
  }

  Forge row(String key, byte[] value) {
    rows.put(key, value);
    return this;
  }

  /** Puts one entry into the root. */
  Forge entry(Consumer<WireBuilder> inode) {
    return row(
        FlistPath.ROOT.key(),
        directory(dir -> inode.accept(dir.list(DIR_CONTENTS, INODE, 1).get(0))));
  }

  /** The value of a directory with what is put into it, which must be short. */
  static byte[] directory(Consumer<WireBuilder> content) {
    Consumer<WireBuilder> all =
        dir -> {
          dir.text(DIR_ACLKEY, bytes(OWNER));
          content.accept(dir);
        };
    return IntStream.range(10, 200)
        .mapToObj(words -> ofLength(words, all))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow();
  }

  private static Optional<byte[]> ofLength(int words, Consumer<WireBuilder> content) {
    try {
      return Optional.of(Message.build(DIR, words, content));
    } catch (IllegalStateException e) {
      return Optional.empty();
    }
  }

  static Consumer<WireBuilder> inode(String name, int which, Consumer<WireBuilder> more) {
    return inode -> {
      inode.text(INODE_NAME, bytes(name));
      inode.text(INODE_ACLKEY, bytes(OWNER));
      inode.int16(INODE_WHICH, which);
      more.accept(inode);
    };
  }

  static Consumer<WireBuilder> file(long size, int blockSize, int blocks, int idLength) {
    return inode -> {
      inode.int64(INODE_SIZE, size);
      WireBuilder file = inode.struct(INODE_ATTRIBUTES, FILE);
      file.int16(FILE_BLOCK_SIZE, blockSize);
      if (blocks > 0) {
        var list = file.list(FILE_BLOCKS, BLOCK, blocks);
        for (int i = 0; i < blocks; i++) {
          list.get(i).data(BLOCK_HASH, new byte[idLength]);
          list.get(i).data(BLOCK_KEY, new byte[16]);
        }
      }
    };
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The database, with the tables that these statements make; rows go in before the last ones. */
  byte[] database(String... statements) throws IOException {
    Path file = Files.createTempFile(folder, "forged", ".db");
    try (Connection connection = JDBC.createConnection(JDBC.PREFIX + file, new Properties());
        Statement statement = connection.createStatement()) {
      statement.execute(statements[0]);
      insert(connection);
      for (int i = 1; i < statements.length; i++) {
        statement.execute(statements[i]);
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
    byte[] database = Files.readAllBytes(file);
    Files.delete(file);
    return database;
  }

  private void insert(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO entries (key, value) VALUES (?, ?)")) {
      for (Map.Entry<String, byte[]> row : rows.entrySet()) {
        insert.setString(1, row.getKey());
        insert.setBytes(2, row.getValue());
        insert.executeUpdate();
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  byte[] flist() throws IOException {
    return archive(database(ENTRIES, METADATA));
  }

  static byte[] archive(byte[] database) throws IOException {
    return archive(Map.of(FlistArchive.DATABASE, database));
  }

  static byte[] archive(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      for (Map.Entry<String, byte[]> file : entries.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }
}
