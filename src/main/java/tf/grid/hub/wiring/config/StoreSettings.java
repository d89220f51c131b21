package tf.grid.hub.wiring.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tf.grid.hub.wiring.property.Secret;
import tf.grid.hub.wiring.property.SettingException;
import tf.grid.hub.wiring.property.Settings;

/**
 * Settings of the chunk store.
 *
 * @param kind kind of store
 * @param host of a 0-db or Redis
 * @param port of a 0-db or Redis
 * @param namespace of a 0-db
 * @param password argument of {@code SELECT} for a 0-db, of {@code AUTH} for Redis
 * @param nodes of a Redis cluster, as {@code host:port}; empty for a server
 * @param s3 the bucket of an S3 server
 */
public record StoreSettings(
    Kind kind,
    String host,
    int port,
    String namespace,
    Optional<Secret> password,
    List<String> nodes,
    S3Options s3) {

  private static final int USUAL_PORT = 9900;
  private static final String NODES = "hub.store.nodes";
  private static final Pattern NODE =
      Pattern.compile("([\\w.-]{1,253}|[0-9a-fA-F:.]+|\\[[0-9a-fA-F:.]+]):\\d{1,5}");

  public enum Kind {
    /** In the hub's own process, in the store directory. */
    EMBEDDED,
    ZDB,
    REDIS,
    S3
  }

  static StoreSettings from(Settings settings) {
    Kind kind = settings.choice("hub.store", Kind.class, Kind.EMBEDDED);
    return new StoreSettings(
        kind,
        settings.host("hub.store.host").orElse("localhost"),
        settings.port("hub.store.port").orElse(USUAL_PORT),
        settings.word("hub.store.namespace").orElse(BackendSettings.USUAL_NAMESPACE),
        settings.secret("hub.store.password"),
        nodes(settings),
        S3Options.from(settings, kind == Kind.S3));
  }

  private static List<String> nodes(Settings settings) {
    List<String> nodes = settings.list(NODES);
    for (String node : nodes) {
      if (!NODE.matcher(node).matches()) {
        throw SettingException.of(NODES, node, "comma-separated nodes, each as host:port");
      }
    }
    return nodes;
  }

  /** Whether the hub reaches its store over the network. */
  public boolean isRemote() {
    return kind != Kind.EMBEDDED;
  }

  /** Whether clients can read chunks from the store itself, without the gateway. */
  public boolean servesReaders() {
    return kind == Kind.ZDB || (kind == Kind.REDIS && nodes.isEmpty());
  }

  /** Returns where the store is, for operators. */
  public String address() {
    if (kind == Kind.S3) {
      return s3.address();
    }
    return kind == Kind.REDIS && !nodes.isEmpty() ? String.join(", ", nodes) : host + ":" + port;
  }

  /**
   * The bucket of an S3 server.
   *
   * @param endpoint of the server; empty for that of Amazon
   * @param region empty for the usual one
   * @param bucket name of the bucket; empty with another store only
   * @param prefix of all keys; empty, or ends with a slash
   * @param pathStyle whether the bucket is in the path of addresses instead of in the host
   * @param accessKey name of the key; empty for the usual environment variables
   * @param secretKey the key that signs requests
   */
  public record S3Options(
      Optional<URI> endpoint,
      Optional<String> region,
      String bucket,
      String prefix,
      boolean pathStyle,
      Optional<Secret> accessKey,
      Optional<Secret> secretKey) {

    private static final String BUCKET = "hub.store.s3.bucket";
    private static final String PREFIX = "hub.store.s3.prefix";
    private static final String SECRET_KEY = "hub.store.s3.secret-key";
    private static final Pattern PATH = Pattern.compile("([\\w.-]{1,64}/){0,8}");

    static S3Options from(Settings settings, boolean used) {
      Optional<URI> endpoint = settings.base("hub.store.s3.endpoint");
      S3Options options =
          new S3Options(
              endpoint,
              settings.word("hub.store.s3.region"),
              settings.word(BUCKET).orElse(""),
              prefix(settings.text(PREFIX).orElse("")),
              settings.flag("hub.store.s3.path-style", endpoint.isPresent()),
              settings.secret("hub.store.s3.access-key"),
              settings.secret(SECRET_KEY));
      if (used) {
        options.refuseIncomplete();
      }
      return options;
    }

    private static String prefix(String text) {
      String prefix = text.isEmpty() || text.endsWith("/") ? text : text + "/";
      if (!PATH.matcher(prefix).matches()) {
        throw SettingException.of(
            PREFIX, text, "up to 8 parts of letters, digits, '.', '_', '-', separated by slashes");
      }
      return prefix;
    }

    private void refuseIncomplete() {
      if (bucket.isEmpty()) {
        throw SettingException.of(BUCKET, "", "the name of a bucket with hub.store=s3");
      }
      if (accessKey.isPresent() != secretKey.isPresent()) {
        throw SettingException.of(
            SECRET_KEY,
            secretKey.isPresent() ? "set" : "",
            "set together with hub.store.s3.access-key, or neither of them");
      }
    }

    private String address() {
      return "bucket " + bucket + endpoint.map(server -> " of " + server).orElse("");
    }
  }
}
