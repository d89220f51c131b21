package tf.grid.hub.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.sqlite.SQLiteDataSource;

/**
 * Reads a flist as a machine that mounts it would, written from the description of the format and
 * sharing no code with the hub: what it restores is what users get.
 */
public final class FlistClient implements AutoCloseable {
  private final Path database;
  private final Connection connection;

  /**
   * What is at one path.
   *
   * @param kind {@code directory}, {@code file}, {@code link} or the special type's number
   * @param mode permission bits
   * @param owner {@code user:group:uid:gid}
   * @param size as the flist says
   * @param modified Unix seconds
   * @param detail target of a link or data of a special file
   * @param blocks id and key of each piece
   */
  public record Entry(
      String kind,
      int mode,
      String owner,
      long size,
      long modified,
      String detail,
      List<byte[][]> blocks) {}

  /** Opens a flist from its bytes. */
  public FlistClient(byte[] flist) throws IOException, SQLException {
    database = Files.createTempFile("client", ".sqlite3");
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(flist)))) {
      if (!tar.getNextEntry().getName().equals("flistdb.sqlite3")) {
        throw new IOException("the archive's first entry is not the database");
      }
      Files.write(database, tar.readAllBytes());
    }
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + database);
    source.setReadOnly(true);
    connection = source.getConnection();
  }

  /** All metadata. */
  public Map<String, String> metadata() throws SQLException {
    Map<String, String> all = new TreeMap<>();
    try (PreparedStatement select = connection.prepareStatement("SELECT key, value FROM metadata");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        all.put(rows.getString(1), rows.getString(2));
      }
    }
    return all;
  }

  /** Every entry but the root, by path; a path's bytes are its characters. */
  public Map<String, Entry> entries() throws SQLException {
    Map<String, Entry> all = new LinkedHashMap<>();
    String root = HexFormat.of().formatHex(SpecCodec.blake2b(16, new byte[0]));
    walk(root, "", all);
    return all;
  }

  /** The content of a file, each piece fetched from the backend and checked. */
  public byte[] content(Entry file, ZdbConnection backend) throws IOException {
    java.io.ByteArrayOutputStream content = new java.io.ByteArrayOutputStream();
    for (byte[][] block : file.blocks()) {
      byte[] stored = backend.get(block[0]);
      if (stored == null) {
        throw new IOException("the backend has no " + HexFormat.of().formatHex(block[0]));
      }
      content.writeBytes(SpecCodec.open(block[0], block[1], stored));
    }
    return content.toByteArray();
  }

  private void walk(String key, String path, Map<String, Entry> all) throws SQLException {
    CapnpMessage.Struct directory = value(key);
    for (CapnpMessage.Struct inode : directory.structs(2)) {
      String childPath = path + "/" + new String(inode.bytes(0, true), ISO_8859_1);
      all.put(childPath, entry(inode));
      if (inode.uint16(8) == 0) {
        String childKey = new String(inode.struct(1).bytes(0, true), US_ASCII);
        byte[] hashed = childPath.substring(1).getBytes(ISO_8859_1);
        if (!childKey.equals(HexFormat.of().formatHex(SpecCodec.blake2b(16, hashed)))) {
          throw new SQLException("the key of " + childPath + " is not its digest");
        }
        walk(childKey, childPath, all);
      }
    }
  }

  private Entry entry(CapnpMessage.Struct inode) throws SQLException {
    CapnpMessage.Struct acl = value(new String(inode.bytes(2, true), US_ASCII));
    String owner =
        String.join(
            ":",
            new String(acl.bytes(0, true), ISO_8859_1),
            new String(acl.bytes(1, true), ISO_8859_1),
            // Defaults are stored by exclusive or, and these two default to -1.
            Long.toString(~acl.int64(8)),
            Long.toString(~acl.int64(16)));
    CapnpMessage.Struct attributes = inode.struct(1);
    String kind = "directory";
    String detail = "";
    List<byte[][]> blocks = List.of();
    switch (inode.uint16(8)) {
      case 0 -> {}
      case 1 -> {
        kind = "file";
        blocks =
            attributes.structs(0).stream()
                .map(block -> new byte[][] {block.bytes(0, false), block.bytes(1, false)})
                .toList();
      }
      case 2 -> {
        kind = "link";
        detail = new String(attributes.bytes(0, true), ISO_8859_1);
      }
      default -> {
        kind = "special " + attributes.uint16(0);
        detail = new String(attributes.bytes(0, false), US_ASCII);
      }
    }
    return new Entry(kind, acl.uint16(0), owner, inode.int64(0), inode.uint32(12), detail, blocks);
  }

  private CapnpMessage.Struct value(String key) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT value FROM entries WHERE key = ?")) {
      select.setString(1, key);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("no entry " + key);
        }
        return new CapnpMessage(row.getBytes(1)).root();
      }
    }
  }

  @Override
  public void close() throws SQLException, IOException {
    connection.close();
    Files.delete(database);
  }
}
