package tf.grid.hub.build.tar;

import java.util.function.Consumer;
import tf.grid.hub.build.tar.header.PaxRecords;
import tf.grid.hub.build.tar.header.TarException;
import tf.grid.hub.build.tar.header.TarHeader;
import tf.grid.hub.build.tar.header.TarNumber;
import tf.grid.hub.flist.Name;
import tf.grid.hub.problem.PrintableText;

/** The data of the extension headers that precede an entry's header. Not thread-safe. */
final class Extensions {
  private static final long MAX_OWNER = 0xFFFF_FFFFL;
  private static final int SHOWN = 40;

  /** The overflow id of Linux, for owners that cannot be mapped. */
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

  /** Marks the next entry as the content of a Solaris attribute. */
  void solarisAttribute() {
    attributeFollows = true;
  }

  boolean attributeFollows() {
    return attributeFollows;
  }

  /** Whether PAX records precede the header. */
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

  /** PAX records override GNU long names, which override the header. */
  Name path(Name inHeader) {
    Name name = records.name("path", longName == null ? inHeader : longName);
    return records.sparse().name(name);
  }

  Name target(Name inHeader) {
    return records.name("linkpath", longTarget == null ? inHeader : longTarget);
  }

  /** Bytes of the entry in the archive. */
  long size(TarHeader header) throws TarException {
    Long size = records.number("size");
    long stored = size == null ? header.size() : size;
    if (stored < 0) {
      throw new TarException("the archive is damaged: an entry has a negative size");
    }
    return stored;
  }

  /** The id of an owner or group; -1, which is also the largest of 32 bits, becomes nobody. */
  long owner(String key, HeaderNumber inHeader, Consumer<String> warn) throws TarException {
    Long record = records.signed(key);
    long number = record == null ? inHeader.get() : record;
    if (number >= 0 && number != MAX_OWNER) {
      return inRange(number, key);
    }
    String what = number < 0 ? " is negative: " : " stands for -1: ";
    warn.accept(key + " " + number + what + NOBODY + " (nobody) was used");
    return NOBODY;
  }

  long device(String key, HeaderNumber inHeader) throws TarException {
    Long number = records.number(key);
    return inRange(number == null ? inHeader.get() : number, "device number");
  }

  /**
   * The modification time; an invalid one causes a warning, because it is no reason to reject the
   * file.
   */
  long modified(HeaderNumber inHeader, Consumer<String> warn) throws TarException {
    byte[] record = records.value("mtime");
    if (record == null) {
      return inHeader.get();
    }
    Long seconds = TarNumber.seconds(record);
    if (!TarNumber.isTime(record)) {
      warn.accept(
          "the PAX time '"
              + PrintableText.shortened(record, SHOWN)
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

  /** Reads a header field; called only if no record overrides the field. */
  @FunctionalInterface
  interface HeaderNumber {
    long get() throws TarException;
  }
}
