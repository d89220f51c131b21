package tf.grid.hub.catalogue.digest;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Identifies a version of a file's content: equal versions have equal content. Immutable. */
public interface ContentVersion {

  /** Bytes of the file. */
  long size();

  /** Time of the last write, nanoseconds since the epoch. */
  long modifiedNanos();

  /** The version in other words: short, without spaces, and different for different versions. */
  String term();

  /** The MD5 digest, if it is known without reading the file. */
  default Optional<String> md5() {
    return Optional.empty();
  }

  /** The size of all files of the flist in bytes, if it is known without reading the flist. */
  default OptionalLong contentBytes() {
    return OptionalLong.empty();
  }

  /** Time of the last write, in Unix seconds. */
  default long modifiedSeconds() {
    return Math.floorDiv(modifiedNanos(), TimeUnit.SECONDS.toNanos(1));
  }
}
