package tf.grid.hub.build.tar;

import tf.grid.hub.flist.Name;

/** What the headers in front of an entry's own header say about it. For one thread. */
final class Extensions {
  private static final long MAX_OWNER = 0xFFFF_FFFFL;

  private final PaxRecords records;
  private Name longName;
  private Name longTarget;
  private boolean empty = true;

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

  long owner(String key, long inHeader) throws TarException {
    Long number = records.number(key);
    return inRange(number == null ? inHeader : number, key);
  }

  long device(String key, long inHeader) throws TarException {
    Long number = records.number(key);
    return inRange(number == null ? inHeader : number, "device number");
  }

  long modified(long inHeader) throws TarException {
    Long seconds = records.seconds("mtime");
    return seconds == null ? inHeader : seconds;
  }

  private static long inRange(long number, String what) throws TarException {
    if (number < 0 || number > MAX_OWNER) {
      throw new TarException(
          "the archive has an entry whose " + what + " is out of range: " + number);
    }
    return number;
  }
}
