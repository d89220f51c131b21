package tf.grid.hub.store.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a bucket is, and how it is used. {@code toString} contains no keys.
 *
 * @param endpoint of the server; empty for that of Amazon in the region
 * @param region signed in requests; empty for what the environment or the machine says, or with an
 *     endpoint for {@code us-east-1}
 * @param bucket an existing bucket
 * @param prefix begin of the keys of all objects; may be empty
 * @param pathStyle whether the bucket is in the path of addresses instead of in the host
 * @param credentials empty for the usual environment variables, files and roles of the machine
 * @param connections maximum number of connections; calls for several chunks send half as many
 *     requests at once
 * @param timeout for connecting, and for each wait for bytes; with its retries, a request may take
 *     twice as long
 */
public record S3Settings(
    Optional<URI> endpoint,
    Optional<String> region,
    String bucket,
    String prefix,
    boolean pathStyle,
    Optional<Credentials> credentials,
    int connections,
    Duration timeout) {

  public S3Settings {
    Objects.requireNonNull(bucket, "bucket");
    Objects.requireNonNull(prefix, "prefix");
    if (connections < 1 || timeout.toMillis() < 1) {
      throw new IllegalArgumentException("a bucket needs a connection and a millisecond");
    }
  }

  /** The key that signs requests, and its name. */
  public record Credentials(String accessKey, String secretKey) {
    @Override
    public String toString() {
      return "**redacted**";
    }
  }

  @Override
  public String toString() {
    return "S3 bucket " + bucket + endpoint.map(address -> " at " + address).orElse("");
  }
}
