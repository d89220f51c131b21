package tf.grid.hub.store.s3;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Sets up the client of the library. */
final class S3Connection {
  /** A request with its retries takes at most this many times the timeout. */
  private static final int CALL = 2;

  private S3Connection() {}

  static S3Client open(S3Settings settings) {
    Duration timeout = settings.timeout();
    S3ClientBuilder builder =
        S3Client.builder()
            .region(region(settings))
            .credentialsProvider(credentials(settings))
            .forcePathStyle(settings.pathStyle())
            // Other servers know MD5, but not the newer checksums that are the default.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .addPlugin(LegacyMd5Plugin.create())
            // Chunks are short: they are sent without asking first whether they may be.
            .serviceConfiguration(
                service -> service.chunkedEncodingEnabled(false).expectContinueEnabled(false))
            .overrideConfiguration(
                rules ->
                    rules
                        .retryStrategy(RetryMode.STANDARD)
                        .apiCallTimeout(timeout.multipliedBy(CALL)))
            .httpClientBuilder(
                Apache5HttpClient.builder()
                    .maxConnections(settings.connections())
                    .connectionAcquisitionTimeout(timeout)
                    .connectionTimeout(timeout)
                    .socketTimeout(timeout)
                    .expectContinueEnabled(false)
                    .tcpKeepAlive(true));
    settings.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  private static Region region(S3Settings settings) {
    if (settings.region().isPresent()) {
      return Region.of(settings.region().get());
    }
    return settings.endpoint().isPresent()
        ? Region.US_EAST_1
        : DefaultAwsRegionProviderChain.builder().build().getRegion();
  }

  private static AwsCredentialsProvider credentials(S3Settings settings) {
    if (settings.credentials().isPresent()) {
      S3Settings.Credentials keys = settings.credentials().get();
      return StaticCredentialsProvider.create(
          AwsBasicCredentials.create(keys.accessKey(), keys.secretKey()));
    }
    return DefaultCredentialsProvider.builder().build();
  }
}
