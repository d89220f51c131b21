package tf.grid.hub.wiring.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tf.grid.hub.chunk.codec.CodecMode;
import tf.grid.hub.wiring.config.access.AuditSettings;
import tf.grid.hub.wiring.config.access.AuthSettings;
import tf.grid.hub.wiring.config.access.SignInSettings;
import tf.grid.hub.wiring.config.access.TrustSettings;
import tf.grid.hub.wiring.config.catalogue.CatalogueSettings;
import tf.grid.hub.wiring.config.limit.CollectionSettings;
import tf.grid.hub.wiring.config.limit.LimitSettings;
import tf.grid.hub.wiring.config.limit.QuotaSettings;
import tf.grid.hub.wiring.config.limit.RetentionSettings;
import tf.grid.hub.wiring.property.HttpListener;
import tf.grid.hub.wiring.property.SettingException;
import tf.grid.hub.wiring.property.Settings;

/**
 * The complete, validated configuration.
 *
 * @param listener the address that the server listens on
 * @param directories where the hub stores its files
 * @param catalogue where the names of flists are
 * @param site the public address and what the site shows
 * @param auth who may sign in
 * @param signIn how people sign in with a browser
 * @param store the chunk store
 * @param gateway the hub's own chunk service
 * @param codec how chunks are encoded
 * @param backend the chunk service that is written into flists
 * @param limits limits of uploads and jobs
 * @param trust other issuers whose tokens are accepted
 * @param images where container images come from
 * @param audit the audit log
 * @param monitoring health checks, metrics and the log
 * @param collection the collection of unused chunks
 * @param snapshots copies of the hub
 * @param search the search for paths in flists
 * @param quotas how much repositories may have
 * @param retention which flists are kept
 * @param mirror the hub that this one follows
 * @param webhooks who is told of changes
 */
public record HubConfiguration(
    HttpListener listener,
    Directories directories,
    CatalogueSettings catalogue,
    SiteSettings site,
    AuthSettings auth,
    SignInSettings signIn,
    StoreSettings store,
    GatewaySettings gateway,
    CodecMode codec,
    BackendSettings backend,
    LimitSettings limits,
    TrustSettings trust,
    ImageSettings images,
    AuditSettings audit,
    MonitoringSettings monitoring,
    CollectionSettings collection,
    SnapshotOptions snapshots,
    SearchOptions search,
    QuotaSettings quotas,
    RetentionSettings retention,
    MirrorOptions mirror,
    WebhookOptions webhooks) {

  /**
   * Reads and checks all properties.
   *
   * @param contextPath path of the application on the server
   * @throws SettingException for the first invalid value
   */
  static HubConfiguration from(Settings settings, String contextPath) {
    HttpListener listener = HttpListener.from(settings);
    SiteSettings site = SiteSettings.from(settings, listener.port(), contextPath);
    StoreSettings store = StoreSettings.from(settings);
    GatewaySettings gateway = GatewaySettings.from(settings, store);
    AuthSettings auth = AuthSettings.from(settings);
    refuseRemoteTrials(auth, listener, site);
    return new HubConfiguration(
        listener,
        Directories.from(settings),
        CatalogueSettings.from(settings, store.isRemote()),
        site,
        auth,
        SignInSettings.from(settings, site.publicUrl()),
        store,
        gateway,
        settings.choice("hub.codec", CodecMode.class, CodecMode.AUTO),
        BackendSettings.from(settings, site, store, gateway),
        LimitSettings.from(settings, auth.enabled()),
        TrustSettings.from(settings, site.publicUrl()),
        ImageSettings.from(settings),
        AuditSettings.from(settings),
        MonitoringSettings.from(settings),
        CollectionSettings.from(settings),
        SnapshotOptions.from(settings),
        SearchOptions.from(settings),
        QuotaSettings.from(settings),
        RetentionSettings.from(settings),
        MirrorOptions.from(settings),
        WebhookOptions.from(settings));
  }

  private static void refuseRemoteTrials(
      AuthSettings auth, HttpListener listener, SiteSettings site) {
    if (auth.devLogin() && !(listener.isLocal() && site.isLocal())) {
      throw SettingException.of(
          "hub.auth.dev-login",
          true,
          "false unless the hub listens on loopback and hub.public-url is a loopback address");
    }
  }

  /** Whether the hub writes flists: it is not read-only, or it is a mirror. */
  public boolean publishes() {
    return !site.readOnly() || mirror.source().isPresent();
  }

  /** Returns a directory on each disk that the hub writes to, by a name for operators. */
  public Map<String, Path> disks() {
    Map<String, Path> disks = new LinkedHashMap<>();
    disks.put("data", directories.data());
    disks.put("work", directories.work());
    if (publishes() && catalogue.isDirectory()) {
      disks.put("public", directories.published());
    }
    if (!store.isRemote()) {
      disks.put("store", directories.store());
    }
    return disks;
  }

  /**
   * The directories of the hub, as absolute paths.
   *
   * @param data the key that signs tokens, databases, and by default the other directories
   * @param published the repositories, below {@code users}
   * @param links directories outside {@code published} to which symbolic links in the users
   *     directory may point
   * @param work temporary files
   * @param store the embedded chunk store
   * @param reserveBytes space that is kept on each disk for a time when it is full
   */
  public record Directories(
      Path data, Path published, List<Path> links, Path work, Path store, long reserveBytes) {

    private static final long USUAL_RESERVE = 64 << 20;

    static Directories from(Settings settings) {
      Path data = settings.path("hub.data-dir", Path.of("data"));
      return new Directories(
          data,
          settings.path("hub.public-dir", data.resolve("public")),
          settings.list("hub.public-links").stream()
              .map(path -> Path.of(path).toAbsolutePath().normalize())
              .toList(),
          settings.path("hub.work-dir", data.resolve("work")),
          settings.path("hub.store-dir", data.resolve("store")),
          settings.bytesOrZero("hub.reserve-bytes", USUAL_RESERVE));
    }
  }

  /**
   * Where snapshots are kept.
   *
   * @param directory contains a directory for each snapshot
   * @param keep how many are kept
   */
  public record SnapshotOptions(Path directory, int keep) {

    private static final int USUAL = 3;
    private static final int MOST = 1_000;

    static SnapshotOptions from(Settings settings) {
      Path data = Directories.from(settings).data();
      return new SnapshotOptions(
          settings.path("hub.snapshot.dir", data.resolve("snapshots")),
          (int) settings.count("hub.snapshot.keep", USUAL, 1, MOST));
    }
  }

  /**
   * The hub's own service for readers and writers of chunks.
   *
   * @param enabled whether it is started
   * @param host address to listen on
   * @param port port to listen on
   */
  public record GatewaySettings(boolean enabled, String host, int port) {

    private static final int DEFAULT_PORT = 9900;

    static GatewaySettings from(Settings settings, StoreSettings store) {
      return new GatewaySettings(
          settings.flag("hub.gateway.enabled", !store.servesReaders()),
          settings.host("hub.gateway.host").orElse("127.0.0.1"),
          settings.port("hub.gateway.port").orElse(DEFAULT_PORT));
    }
  }

  /**
   * The search for paths in flists.
   *
   * @param directory of the index
   * @param indexBytes size above which no flist is added to it; zero turns the search off
   */
  public record SearchOptions(Path directory, long indexBytes) {

    private static final long USUAL = 3L << 30;

    static SearchOptions from(Settings settings) {
      return new SearchOptions(
          Directories.from(settings).data().resolve("path-index"),
          settings.bytesOrZero("hub.search.index-bytes", USUAL));
    }
  }
}
