package tf.grid.hub.compression;

import java.util.Optional;

/** A format of compressed data, recognized by its first bytes. */
public enum CompressionFormat {
  /** Data that starts like none of the other formats, and empty data. */
  NONE,
  /** RFC 1952. */
  GZIP,
  /** The format of the bzip2 program. */
  BZIP2,
  /** The .xz file format, version 1.2.1. */
  XZ,
  /** RFC 8878. */
  ZSTD;

  /** Number of bytes that identify any of the formats. */
  static final int MAGIC_BYTES = 6;

  /**
   * Recognizes a format.
   *
   * @param start the first bytes, fewer than {@link #MAGIC_BYTES} only if there are no more
   */
  static CompressionFormat of(byte[] start) {
    if (begins(start, 0x1F, 0x8B)) {
      return GZIP;
    } else if (begins(start, 0xFD, '7', 'z', 'X', 'Z', 0)) {
      return XZ;
    } else if (begins(start, 'B', 'Z', 'h')) {
      return BZIP2;
    } else if (begins(start, 0x28, 0xB5, 0x2F, 0xFD) || beginsWithSkippableFrame(start)) {
      return ZSTD;
    }
    return NONE;
  }

  /** The name of a format that is recognized only to name it in an error; empty for all others. */
  static Optional<String> unsupported(byte[] start) {
    if (begins(start, 'P', 'K', 3, 4)) {
      return Optional.of("zip");
    } else if (begins(start, 0x04, 0x22, 0x4D, 0x18)) {
      return Optional.of("lz4");
    } else if (begins(start, 0x1F, 0x9D)) {
      return Optional.of("compress (.Z)");
    } else if (begins(start, 'L', 'Z', 'I', 'P', 1)) {
      return Optional.of("lzip");
    } else if (begins(start, '7', 'z', 0xBC, 0xAF, 0x27, 0x1C)) {
      return Optional.of("7-Zip");
    } else if (begins(start, 'R', 'a', 'r', '!', 0x1A, 0x07)) {
      return Optional.of("RAR");
    }
    return Optional.empty();
  }

  /** Some writers of zstd begin with a frame that decoders skip; it has one of 16 numbers. */
  private static boolean beginsWithSkippableFrame(byte[] start) {
    return start.length >= 4
        && (start[0] & 0xF0) == 0x50
        && start[1] == 0x2A
        && start[2] == 0x4D
        && start[3] == 0x18;
  }

  private static boolean begins(byte[] start, int... magic) {
    if (start.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((start[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
