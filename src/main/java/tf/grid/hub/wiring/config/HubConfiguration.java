package tf.grid.hub.wiring.config;

import tf.grid.hub.wiring.property.HttpListener;
import tf.grid.hub.wiring.property.SettingException;
import tf.grid.hub.wiring.property.Settings;

/**
 * All that an operator can set, checked.
 *
 * @param listener where the server listens
 * @param directories where things are kept
 * @param site how users meet the hub
 * @param auth who may sign in
 * @param signIn how people sign in with a browser
 * @param store where chunks are kept
 * @param gateway the hub's own service for chunks
 * @param backend what is published as the place of chunks
 * @param limits how much uploads may ask
 * @param trust whose tokens are good beside the hub's own
 * @param images where images of containers come from
 * @param audit what is kept of who changed what
 */
public record HubConfiguration(
    HttpListener listener,
    Directories directories,
    SiteSettings site,
    AuthSettings auth,
    SignInSettings signIn,
    StoreSettings store,
    GatewaySettings gateway,
    BackendSettings backend,
    LimitSettings limits,
    TrustSettings trust,
    ImageSettings images,
    AuditSettings audit) {

  /**
   * Reads and checks everything.
   *
   * @throws SettingException for the first value that is not allowed
   */
  static HubConfiguration from(Settings settings) {
    HttpListener listener = HttpListener.from(settings);
    SiteSettings site = SiteSettings.from(settings, listener.port());
    StoreSettings store = StoreSettings.from(settings);
    GatewaySettings gateway = GatewaySettings.from(settings, store);
    AuthSettings auth = AuthSettings.from(settings);
    refuseRemoteTrials(auth, listener, site);
    return new HubConfiguration(
        listener,
        Directories.from(settings),
        site,
        auth,
        SignInSettings.from(settings, site.publicUrl()),
        store,
        gateway,
        BackendSettings.from(settings, site, store, gateway),
        LimitSettings.from(settings, auth.enabled()),
        TrustSettings.from(settings, site.publicUrl()),
        ImageSettings.from(settings),
        AuditSettings.from(settings));
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
}
