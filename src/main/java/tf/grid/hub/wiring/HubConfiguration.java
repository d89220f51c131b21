package tf.grid.hub.wiring;

/**
 * All that an operator can set, checked.
 *
 * @param directories where things are kept
 * @param site how users meet the hub
 * @param auth who may sign in
 */
record HubConfiguration(Directories directories, SiteSettings site, AuthSettings auth) {

  /**
   * Reads and checks everything.
   *
   * @param listener where the server listens
   * @throws SettingRejected for the first value that is not allowed
   */
  static HubConfiguration from(Settings settings, HttpListener listener) {
    SiteSettings site = SiteSettings.from(settings, listener.port());
    AuthSettings auth = AuthSettings.from(settings);
    if (auth.devLogin() && !(listener.isLocal() && site.isLocal())) {
      throw SettingRejected.of(
          "hub.auth.dev-login",
          true,
          "false unless the hub listens on loopback (hub.http.host) and hub.public-url is a"
              + " loopback address too");
    }
    return new HubConfiguration(Directories.from(settings), site, auth);
  }
}
