package tf.grid.hub.field;

import java.util.ArrayList;
import java.util.List;

/** Shell commands that write the directory {@code tree} to standard output as a tar archive. */
final class TarWriters {
  private static final String SCRIPTS = "/field/corpus/";

  private TarWriters() {}

  /** A command and the program that it needs. */
  record Writer(String program, String command) {
    @Override
    public String toString() {
      return command;
    }
  }

  /** The writers of Debian, in all of their formats. */
  static List<Writer> all() {
    List<Writer> all = new ArrayList<>();
    for (String format : List.of("v7", "oldgnu", "gnu", "ustar", "posix")) {
      add(all, "tar", "tar --format=" + format + " -cf - tree");
    }
    for (String format : List.of("oldgnu", "gnu", "posix")) {
      add(all, "tar", "tar --format=" + format + " --sparse -cf - tree");
    }
    for (String version : List.of("0.0", "0.1")) {
      add(all, "tar", "tar --format=posix --sparse --sparse-version=" + version + " -cf - tree");
    }
    add(all, "tar", "tar --format=posix --xattrs --xattrs-include='*' --acls -cf - tree");
    add(all, "tar", "tar --format=posix --pax-option='globexthdr.name=g,comment=x' -cf - tree");
    add(all, "tar", "tar --format=posix --pax-option='delete=mtime,exthdr.name=x' -cf - tree");
    add(all, "tar", "tar --format=gnu --listed-incremental=snapshot -V label -cf - tree");
    add(all, "tar", "tar --format=posix --listed-incremental=snapshot2 -cf - tree");
    add(all, "tar", "tar --format=gnu --hard-dereference --numeric-owner -b 1 -cf - tree");
    // V7 has no FIFOs and devices, but bsdtar writes hard links to them.
    add(all, "bsdtar", "bsdtar --format=v7tar --exclude='hard-[fn]*' -cf - tree");
    for (String format : List.of("ustar", "gnutar", "pax", "paxr")) {
      add(all, "bsdtar", "bsdtar --format=" + format + " -cf - tree");
    }
    add(all, "bsdtar", "bsdtar --format=pax --options=hdrcharset=BINARY -cf - tree");
    add(all, "bsdtar", "bsdtar --format=pax --no-xattrs --no-acls --no-read-sparse -cf - tree");
    add(all, "busybox", "busybox tar -cf - tree");
    for (String format : List.of("USTAR_FORMAT", "GNU_FORMAT", "PAX_FORMAT")) {
      add(all, "python3", "find tree -print0 | python3 writer.py " + format);
    }
    for (String format : List.of("ustar", "pax", "gnu")) {
      add(all, "go", "find tree -print0 | GOCACHE=$PWD/cache go run writer.go " + format);
    }
    add(all, "perl", "find tree -print0 | perl writer.pl");
    for (String format : List.of("ustar", "tar")) {
      add(all, "cpio", "find tree -print0 | cpio --quiet -0 -o -H " + format);
    }
    add(all, "pax", "pax -w -x ustar tree");
    return all;
  }

  /** The files that the commands expect beside the tree. */
  static List<String> scripts() {
    return List.of(SCRIPTS + "writer.py", SCRIPTS + "writer.go", SCRIPTS + "writer.pl");
  }

  private static void add(List<Writer> all, String program, String command) {
    all.add(new Writer(program, command));
  }
}
