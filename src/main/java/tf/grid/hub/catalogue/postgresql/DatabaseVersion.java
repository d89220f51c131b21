package tf.grid.hub.catalogue.postgresql;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import tf.grid.hub.catalogue.digest.ContentVersion;

/**
 * A flist in the database, whose bytes never change. Equal on all hubs.
 *
 * @param id its key
 * @param sha256 digest, 64 hexadecimal digits
 * @param md5sum digest, 32 hexadecimal digits
 * @param size in bytes
 * @param contentSize sum of the sizes of its files, if it was known
 * @param writtenMicros when it was published, microseconds since the epoch
 */
public record DatabaseVersion(
    long id,
    String sha256,
    String md5sum,
    long size,
    Optional<Long> contentSize,
    long writtenMicros)
    implements ContentVersion {

  @Override
  public long modifiedNanos() {
    return TimeUnit.MICROSECONDS.toNanos(writtenMicros);
  }

  @Override
  public String term() {
    return Long.toHexString(id) + "-" + sha256;
  }

  @Override
  public Optional<String> md5() {
    return Optional.of(md5sum);
  }

  @Override
  public OptionalLong contentBytes() {
    return contentSize.isPresent() ? OptionalLong.of(contentSize.get()) : OptionalLong.empty();
  }
}
