package tf.grid.hub.build.tar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random archives, written by commons-compress, read by it and by our reader. */
class TarReaderAgainstLibraryTest {
  private static final byte[] TYPES = {'0', '0', '0', '1', '2', '3', '4', '5', '6', '7'};

  @ParameterizedTest
  @ValueSource(ints = {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX})
  void both_read_the_same(int longFiles) throws IOException {
    for (int seed = 0; seed < 40; seed++) {
      byte[] archive = random(new Random(seed), longFiles);
      assertThat(ours(archive)).as("seed %d", seed).isEqualTo(theirs(archive));
    }
  }

  private static byte[] random(Random random, int longFiles) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
      tar.setLongFileMode(longFiles);
      tar.setBigNumberMode(
          random.nextBoolean()
              ? TarArchiveOutputStream.BIGNUMBER_POSIX
              : TarArchiveOutputStream.BIGNUMBER_STAR);
      tar.setAddPaxHeadersForNonAsciiNames(longFiles == TarArchiveOutputStream.LONGFILE_POSIX);
      for (int i = 0; i < 20; i++) {
        byte[] content = new byte[random.nextInt(3000)];
        random.nextBytes(content);
        TarArchiveEntry entry = entry(random, content.length);
        tar.putArchiveEntry(entry);
        if (entry.getSize() > 0) {
          tar.write(content);
        }
        tar.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }

  private static TarArchiveEntry entry(Random random, int size) {
    byte type = TYPES[random.nextInt(TYPES.length)];
    String name = name(random) + (type == '5' ? "/" : "");
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setSize(type == '0' || type == '7' ? size : 0);
    entry.setMode(random.nextInt(010000));
    entry.setUserId(random.nextLong(1L << random.nextInt(8, 32)));
    entry.setGroupId(random.nextLong(1L << random.nextInt(8, 32)));
    entry.setUserName(random.nextBoolean() ? "" : "user" + random.nextInt(10));
    entry.setGroupName(random.nextBoolean() ? "" : "group" + random.nextInt(10));
    entry.setModTime(1000L * random.nextLong(1L << random.nextInt(8, 40)));
    if (type == TarConstants.LF_SYMLINK || type == TarConstants.LF_LINK) {
      entry.setLinkName(name(random));
    }
    if (type == TarConstants.LF_CHR || type == TarConstants.LF_BLK) {
      entry.setDevMajor(random.nextInt(4096));
      entry.setDevMinor(random.nextInt(1 << 20));
    }
    return entry;
  }

  private static String name(Random random) {
    StringBuilder name = new StringBuilder("n");
    int length = random.nextInt(5) == 0 ? random.nextInt(400) : random.nextInt(90);
    for (int i = 0; i < length; i++) {
      name.append(
          "abcdefghijklmnopqrstuvwxyz.-_/éß€𝄞"
              .codePoints()
              .skip(random.nextInt(34))
              .mapToObj(Character::toString)
              .findFirst()
              .orElseThrow());
    }
    return name.toString().replaceAll("/+", "/").replaceAll("/$", "e");
  }

  private static List<String> theirs(byte[] archive) throws IOException {
    List<String> entries = new ArrayList<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new ByteArrayInputStream(archive), "UTF-8")) {
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        entries.add(
            line(
                type(e),
                e.getName(),
                e.getLinkName(),
                e.getMode() & 07777,
                e.getLongUserId(),
                e.getLongGroupId(),
                e.getUserName(),
                e.getGroupName(),
                e.getLastModifiedTime().toInstant().getEpochSecond(),
                e.getDevMajor(),
                e.getDevMinor(),
                tar.readAllBytes()));
      }
    }
    return entries;
  }

  private static List<String> ours(byte[] archive) throws IOException {
    List<String> entries = new ArrayList<>();
    TarReader reader = new TarReader(new ByteArrayInputStream(archive), 1 << 20);
    for (TarEntry e = reader.next(); e != null; e = reader.next()) {
      byte[] content = new byte[(int) e.size()];
      reader.readFully(content, 0, content.length);
      entries.add(
          line(
              e.type(),
              e.path().toString(),
              e.target().toString(),
              e.mode(),
              e.uid(),
              e.gid(),
              e.user().toString(),
              e.group().toString(),
              e.modified(),
              e.major(),
              e.minor(),
              content));
    }
    return entries;
  }

  private static TarEntry.Type type(TarArchiveEntry entry) {
    if (entry.isDirectory()) {
      return TarEntry.Type.DIRECTORY;
    }
    if (entry.isSymbolicLink()) {
      return TarEntry.Type.SYMBOLIC_LINK;
    }
    if (entry.isLink()) {
      return TarEntry.Type.HARD_LINK;
    }
    if (entry.isCharacterDevice()) {
      return TarEntry.Type.CHARACTER_DEVICE;
    }
    if (entry.isBlockDevice()) {
      return TarEntry.Type.BLOCK_DEVICE;
    }
    return entry.isFIFO() ? TarEntry.Type.FIFO : TarEntry.Type.FILE;
  }

  private static String line(Object... values) {
    StringBuilder line = new StringBuilder();
    for (Object value : values) {
      line.append(value instanceof byte[] bytes ? text(bytes) : value.toString()).append('|');
    }
    return line.toString();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
