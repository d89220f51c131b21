package tf.grid.hub.build.tar;

import java.util.function.Consumer;
import tf.grid.hub.build.tar.header.PaxRecords;
import tf.grid.hub.build.tar.header.TarException;
import tf.grid.hub.build.tar.header.TarHeader;
import tf.grid.hub.build.tar.header.TarNumber;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.PrintableText;

/** What the headers in front of an entry's own header say about it. Not thread-safe. */
final class Extensions {
  private static final long MAX_OWNER = 0xFFFF_FFFFL;
  private static final int SHOWN = 40;

  /** The number that Linux shows for owners it cannot map. */
  private static final long NOBODY = 65_534;

  private final PaxRecords records;
  private Name longName;
  private Name longTarget;
  private boolean empty = true;
  private boolean pax;
  private boolean attributeFollows;

  Extensions(PaxRecords global) {
    this.records = new PaxRecords(global);
  }

  void longName(Name name) {
    longName = name;
    empty = false;
  }

  void longTarget(Name target) {
    longTarget = target;
    empty = false;
  }

  void pax(byte[] header) throws TarException {
    records.add(header);
    empty = false;
    pax = true;
  }

  /** Says that a Solaris attribute header came: what follows is the attribute's own file. */
  void solarisAttribute() {
    attributeFollows = true;
  }

  boolean attributeFollows() {
    return attributeFollows;
  }

  /** Whether the header came with records of its own. */
  boolean hasPax() {
    return pax;
  }

  boolean hasPath() {
    return longName != null || records.has("path");
  }

  boolean isEmpty() {
    return empty;
  }

  PaxRecords records() {
    return records;
  }

  /** PAX goes before GNU's long names, and those before the header. */
  Name path(Name inHeader) {
    Name name = records.name("path", longName == null ? inHeader : longName);
    return records.sparse().name(name);
  }

  Name target(Name inHeader) {
    return records.name("linkpath", longTarget == null ? inHeader : longTarget);
  }

  /** Bytes that the archive holds for the entry. */
  long size(TarHeader header) throws TarException {
    Long size = records.number("size");
    long stored = size == null ? header.size() : size;
    if (stored < 0) {
      throw new TarException("the archive is damaged: an entry has a negative size");
    }
    return stored;
  }

  /** A number of an owner or group; a negative one, which no file system has, means nobody. */
  long owner(String key, HeaderNumber inHeader, Consumer<String> warn) throws TarException {
    Long record = records.signed(key);
    long number = record == null ? inHeader.get() : record;
    if (number >= 0) {
      return inRange(number, key);
    }
    warn.accept(key + " " + number + " is negative: " + NOBODY + " (nobody) was used");
    return NOBODY;
  }

  long device(String key, HeaderNumber inHeader) throws TarException {
    Long number = records.number(key);
    return inRange(number == null ? inHeader.get() : number, "device number");
  }

  /** A time that cannot be read loses nothing that is worth refusing a file for. */
  long modified(HeaderNumber inHeader, Consumer<String> warn) throws TarException {
    byte[] record = records.value("mtime");
    if (record == null) {
      return inHeader.get();
    }
    Long seconds = TarNumber.seconds(record);
    if (!TarNumber.isTime(record)) {
      warn.accept(
          "the PAX time '"
              + PrintableText.shortened(Name.of(record), SHOWN)
              + "' is not a number of seconds: "
              + (seconds == null ? "that of the header" : seconds)
              + " was used");
    }
    return seconds == null ? inHeader.get() : seconds;
  }

  private static long inRange(long number, String what) throws TarException {
    if (number < 0 || number > MAX_OWNER) {
      throw new TarException(
          "the archive has an entry whose "
              + what
              + " is out of range: "
              + number
              + " is not in 0…"
              + MAX_OWNER);
    }
    return number;
  }

  /** A field of a header, which is read only where nothing replaces it. */
  @FunctionalInterface
  interface HeaderNumber {
    long get() throws TarException;
  }
}
