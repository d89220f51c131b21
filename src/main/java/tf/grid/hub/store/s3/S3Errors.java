package tf.grid.hub.store.s3;

import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import tf.grid.hub.store.StoreException;
import tf.grid.hub.store.StoreException.StoreAccessDeniedException;
import tf.grid.hub.store.StoreException.StoreCorruptException;
import tf.grid.hub.store.StoreException.StoreFullException;
import tf.grid.hub.store.StoreException.StoreUnreachableException;

/** Classifies failures of requests by the error codes of S3 and the status. */
final class S3Errors {
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;
  private static final int FORBIDDEN = 403;
  private static final int REDIRECT = 300;
  private static final int CLIENT_ERROR = 400;
  private static final int FULL = 507;

  private final S3Settings settings;

  S3Errors(S3Settings settings) {
    this.settings = settings;
  }

  /**
   * What a failure means.
   *
   * @param tried the operation, as in "get chunk 0123"
   */
  StoreException meaning(String tried, SdkException failure) {
    if (failure instanceof AwsServiceException answer) {
      String code =
          Optional.ofNullable(answer.awsErrorDetails()).map(AwsErrorDetails::errorCode).orElse("");
      return answered(tried, code, answer.statusCode(), answer);
    }
    if (isOfTransport(failure)) {
      return new StoreUnreachableException(
          say(tried, "it cannot be reached or is too slow"), failure);
    }
    if (String.valueOf(failure.getMessage()).contains("credentials")) {
      return new StoreAccessDeniedException(
          say(tried, "there are no keys: set hub.store.s3.access-key and hub.store.s3.secret-key"),
          failure);
    }
    return senseless(tried, failure);
  }

  /** The answer is not one of S3. */
  StoreException senseless(String tried, SdkException failure) {
    return new StoreCorruptException(
        say(tried, "its answer makes no sense: is the endpoint an S3 server?"), failure);
  }

  /**
   * What an error of S3 means.
   *
   * @param code of S3; empty if there is none, as in answers to {@code HEAD}
   * @param status of HTTP
   */
  StoreException answered(String tried, String code, int status, SdkException cause) {
    String message =
        say(tried, "it answered " + (code.isEmpty() ? "with status " + status : printable(code)));
    return switch (code) {
      case "NoSuchBucket", "InvalidBucketName" ->
          new StoreAccessDeniedException(message + ": create the bucket of this name", cause);
      case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken" ->
          new StoreAccessDeniedException(message + ": check the access key and the secret", cause);
      case "RequestTimeTooSkewed" ->
          new StoreAccessDeniedException(
              message + ": set the clock of this machine or of the server", cause);
      case "PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed" ->
          new StoreAccessDeniedException(
              message + ": check the endpoint, the region and the path style", cause);
      case "QuotaExceeded", "XMinioStorageFull", "InsufficientStorage" ->
          new StoreFullException(message + ": give it more room", cause);
      case "BadDigest",
          "XAmzContentSHA256Mismatch",
          "RequestTimeout",
          "OperationAborted",
          "InternalError",
          "SlowDown",
          "ServiceUnavailable" ->
          new StoreUnreachableException(message, cause);
      case "AccessDenied" -> forbidden(message, cause);
      default -> ofStatus(message, status, cause);
    };
  }

  private static StoreException ofStatus(String message, int status, SdkException cause) {
    if (status == FULL) {
      return new StoreFullException(message + ": give it more room", cause);
    }
    if (status == TOO_MANY || status >= SERVER_ERROR) {
      return new StoreUnreachableException(message, cause);
    }
    if (status == FORBIDDEN) {
      return forbidden(message, cause);
    }
    if (status >= REDIRECT && status < CLIENT_ERROR) {
      return new StoreAccessDeniedException(
          message + ": check the endpoint, the region and the path style", cause);
    }
    return new StoreCorruptException(message + ": is the endpoint an S3 server?", cause);
  }

  private static StoreException forbidden(String message, SdkException cause) {
    return new StoreAccessDeniedException(
        message
            + ": the key must be allowed to list the bucket, and to get, put and delete objects",
        cause);
  }

  /** Whether no whole answer arrived in time. */
  private static boolean isOfTransport(SdkException failure) {
    if (failure instanceof ApiCallTimeoutException
        || failure instanceof ApiCallAttemptTimeoutException
        || failure instanceof AbortedException) {
      return true;
    }
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }

  private String say(String tried, String happened) {
    return "tried to " + tried + " of the " + settings + " but " + happened;
  }

  private static String printable(String code) {
    return code.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
