package tf.grid.hub.wiring.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.image.bench.TlsFiles;
import tf.grid.hub.wiring.config.HubConfiguration.Directories;
import tf.grid.hub.wiring.config.HubConfiguration.GatewaySettings;
import tf.grid.hub.wiring.config.catalogue.CatalogueSettings;
import tf.grid.hub.wiring.config.limit.LimitSettings;
import tf.grid.hub.wiring.property.ByteSize;
import tf.grid.hub.wiring.property.SettingException;
import tf.grid.hub.wiring.property.Settings;

class SettingsTest {

  private static HubConfiguration configured(String... pairs) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i], pairs[i + 1]);
    }
    return HubConfiguration.from(new Settings(name -> Optional.ofNullable(values.get(name))), "");
  }

  @Test
  void zero_turns_the_reserve_and_the_index_of_paths_off() {
    HubConfiguration hub = configured("hub.reserve-bytes", "0", "hub.search.index-bytes", "0");

    assertThat(hub.directories().reserveBytes()).isZero();
    assertThat(hub.search().indexBytes()).isZero();
  }

  @Test
  void nothing_has_to_be_set() {
    HubConfiguration hub = configured();

    assertThat(hub.directories().data()).isEqualTo(Path.of("data").toAbsolutePath());
    assertThat(hub.directories().published()).isEqualTo(hub.directories().data().resolve("public"));
    assertThat(hub.directories().work()).isEqualTo(hub.directories().data().resolve("work"));
    assertThat(hub.directories().store()).isEqualTo(hub.directories().data().resolve("store"));
    assertThat(hub.site().publicUrl()).isEqualTo(URI.create("http://localhost:8080"));
    assertThat(hub.site().official()).isEmpty();
    assertThat(hub.site().readOnly()).isFalse();
    assertThat(hub.auth().enabled()).isTrue();
    assertThat(hub.auth().devLogin()).isFalse();
    assertThat(hub.auth().guestToken()).isEmpty();
    assertThat(hub.auth().tokenLife()).isEqualTo(Duration.ofDays(90));
    assertThat(hub.store().kind()).isEqualTo(StoreSettings.Kind.EMBEDDED);
    assertThat(hub.gateway()).isEqualTo(new GatewaySettings(true, "127.0.0.1", 9900));
    assertThat(hub.backend()).isEqualTo(new BackendSettings("localhost", 9900, "default"));
    assertThat(hub.limits())
        .isEqualTo(
            new LimitSettings(
                hub.limits().connections(),
                20L << 30,
                OptionalLong.empty(),
                200L << 30,
                2000,
                8,
                4,
                32,
                10_000,
                100,
                64,
                32,
                1_200,
                120));
  }

  @Test
  void an_account_gets_half_unless_it_is_the_only_one() {
    LimitSettings alone = configured("hub.auth.enabled", "false").limits();
    assertThat(alone.uploadsPerAccount()).isEqualTo(8);
    assertThat(alone.jobsPerAccount()).isEqualTo(64);
    LimitSettings small = configured("hub.limits.concurrent-uploads", "1").limits();
    assertThat(small.uploadsPerAccount()).isEqualTo(1);
    assertThatThrownBy(() -> configured("hub.limits.uploads-per-account", "9"))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("from 1 to 8");
  }

  @Test
  void images_come_from_registries_or_by_the_engine_of_this_machine() {
    ImageSettings usual = configured().images();
    assertThat(usual.source()).isEqualTo(ImageSettings.Source.AUTO);
    assertThat(usual.engine()).isEqualTo(URI.create("unix:///var/run/docker.sock"));
    assertThat(configured("hub.docker.host", "tcp://127.0.0.1:2375").images().engine())
        .isEqualTo(URI.create("tcp://127.0.0.1:2375"));
    for (String wrong :
        new String[] {
          "/var/run/docker.sock", "unix://", "tcp://host", "http://x:1", "tcp://h:1/p"
        }) {
      assertThatThrownBy(() -> configured("hub.docker.host", wrong))
          .as(wrong)
          .isInstanceOf(SettingException.class)
          .hasMessageContaining("hub.docker.host")
          .hasMessageContaining("unix:///var/run/docker.sock");
    }
  }

  @Test
  void authorities_of_registries_are_read_at_the_start(@TempDir Path directory) throws Exception {
    TlsFiles tls = TlsFiles.in(directory);
    Path empty = Files.createFile(directory.resolve("empty.pem"));

    assertThat(configured().images().authorities()).isEmpty();
    assertThat(configured("hub.image.ca-file", tls.certificate().toString()).images().authorities())
        .contains(tls.certificate());
    for (Path wrong : List.of(empty, tls.key(), directory, directory.resolve("missing.pem"))) {
      assertThatThrownBy(() -> configured("hub.image.ca-file", wrong.toString()))
          .as("%s", wrong)
          .isInstanceOf(SettingException.class)
          .hasMessageContaining("hub.image.ca-file")
          .hasMessageContaining("certificates in PEM form");
    }
  }

  @Test
  void the_usual_address_has_the_port_of_the_server() {
    assertThat(configured("hub.http.port", "9090").site().publicUrl().getPort()).isEqualTo(9090);
    assertThat(configured("payaramicro.port", "9091").site().publicUrl().getPort()).isEqualTo(9091);
  }

  @Test
  void other_directories_follow_the_data_directory_unless_they_are_set() {
    Directories directories =
        configured("hub.data-dir", "/srv/hub", "hub.public-dir", "/mnt/old/public").directories();

    assertThat(directories)
        .isEqualTo(
            new Directories(
                Path.of("/srv/hub"),
                Path.of("/mnt/old/public"),
                List.of(),
                Path.of("/srv/hub/work"),
                Path.of("/srv/hub/store"),
                64 << 20));
  }

  @Test
  void lists_and_maps_are_separated_by_commas() {
    HubConfiguration hub =
        configured(
            "hub.official-repositories", " tf-official-apps , ,tf-bootable",
            "hub.auth.users-map", "apps=bob.3bot, apps=eve , boot=bob.3bot");

    assertThat(hub.site().official()).containsExactly("tf-official-apps", "tf-bootable");
    AccountName apps = new AccountName("apps");
    assertThat(hub.auth().users().grants(apps, new AccountName("bob.3bot"))).isTrue();
    assertThat(hub.auth().users().grants(apps, new AccountName("eve"))).isTrue();
    assertThat(hub.auth().users().grants(new AccountName("boot"), new AccountName("eve")))
        .isFalse();
  }

  @Test
  void blank_values_count_as_not_set() {
    assertThat(configured("hub.store", " ", "hub.public-url", "").site().publicUrl().getPort())
        .isEqualTo(8080);
  }

  @Test
  void a_trailing_slash_of_the_address_does_not_matter() {
    assertThat(configured("hub.public-url", "https://hub.example/").site().publicUrl())
        .isEqualTo(URI.create("https://hub.example"));
  }

  @Test
  void readers_are_sent_to_the_public_host_and_the_gateway() {
    assertThat(
            configured("hub.public-url", "https://hub.example", "hub.gateway.port", "9911")
                .backend())
        .isEqualTo(new BackendSettings("hub.example", 9911, "default"));
  }

  @Test
  void readers_are_sent_to_a_remote_store_when_there_is_no_gateway() {
    HubConfiguration hub =
        configured(
            "hub.public-url", "https://hub.example",
            "hub.store", "zdb",
            "hub.store.host", "zdb.example",
            "hub.store.port", "9944",
            "hub.store.namespace", "flists");

    assertThat(hub.gateway().enabled()).isFalse();
    assertThat(hub.backend()).isEqualTo(new BackendSettings("zdb.example", 9944, "flists"));
  }

  @Test
  void readers_do_not_read_from_a_bucket_but_from_the_gateway() {
    HubConfiguration hub =
        configured(
            "hub.public-url", "https://hub.example",
            "hub.store", "s3",
            "hub.store.s3.bucket", "chunks");

    assertThat(hub.gateway().enabled()).isTrue();
    assertThat(hub.backend()).isEqualTo(new BackendSettings("hub.example", 9900, "default"));
    assertThat(hub.disks()).doesNotContainKey("store");
    assertThatThrownBy(
            () ->
                configured(
                    "hub.store", "s3",
                    "hub.store.s3.bucket", "chunks",
                    "hub.gateway.enabled", "false"))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("hub.backend.host");
  }

  @Test
  void the_nodes_of_a_cluster_replace_host_and_port() {
    HubConfiguration hub =
        configured("hub.store", "redis", "hub.store.nodes", "one:6379, 10.0.0.2:6380,[::1]:6381");

    assertThat(hub.store().nodes()).containsExactly("one:6379", "10.0.0.2:6380", "[::1]:6381");
    assertThat(hub.store().address()).isEqualTo("one:6379, 10.0.0.2:6380, [::1]:6381");
    assertThat(hub.gateway().enabled()).isTrue();
    assertThat(configured("hub.store", "redis").gateway().enabled()).isFalse();
    assertThatThrownBy(() -> configured("hub.store.nodes", "one:6379,two"))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("hub.store.nodes")
        .hasMessageContaining("host:port");
  }

  @Test
  void a_catalogue_in_a_database_needs_its_address_and_a_store_that_others_reach() {
    CatalogueSettings usual = configured().catalogue();
    assertThat(usual.isDirectory()).isTrue();

    HubConfiguration hub =
        configured(
            "hub.catalogue", "postgresql",
            "hub.database.url", "jdbc:postgresql://db.example/hub?sslmode=require",
            "hub.database.password", "very-secret",
            "hub.store", "redis");
    assertThat(hub.catalogue().isDirectory()).isFalse();
    assertThat(hub.disks()).doesNotContainKey("public");
    assertThat(hub.catalogue().database()).hasToString("jdbc:postgresql://db.example/hub");
    assertThat(hub.toString()).doesNotContain("very-secret");

    assertRefused("hub.database.url", "hub.catalogue", "postgresql", "hub.store", "redis");
    assertRefused(
        "hub.catalogue",
        "hub.catalogue",
        "postgresql",
        "hub.database.url",
        "jdbc:postgresql://db.example/hub");
    assertRefused("hub.database.url", "hub.database.url", "jdbc:mysql://db.example/hub");
    assertRefused(
        "hub.database.url", "hub.database.url", "jdbc:postgresql://db/hub?password=very-secret");
    assertRefused(
        "hub.public-links",
        "hub.catalogue",
        "postgresql",
        "hub.database.url",
        "jdbc:postgresql://db.example/hub",
        "hub.store",
        "redis",
        "hub.public-links",
        "/mnt/shared");
    assertThat(
            configured(
                    "hub.catalogue", "postgresql",
                    "hub.database.jndi", "java:global/jdbc/hub",
                    "hub.store", "redis")
                .catalogue()
                .database())
        .hasToString("java:global/jdbc/hub");
  }

  private static void assertRefused(String property, String... properties) {
    assertThatThrownBy(() -> configured(properties))
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith(property)
        .hasMessageNotContaining("very-secret");
  }

  @Test
  void a_bucket_of_another_server_is_in_the_path_of_addresses() {
    StoreSettings.S3Options amazon =
        configured("hub.store", "s3", "hub.store.s3.bucket", "chunks").store().s3();
    assertThat(amazon.endpoint()).isEmpty();
    assertThat(amazon.pathStyle()).isFalse();
    assertThat(amazon.prefix()).isEmpty();

    StoreSettings other =
        configured(
                "hub.store", "s3",
                "hub.store.s3.bucket", "chunks",
                "hub.store.s3.endpoint", "http://s3.example:7480/",
                "hub.store.s3.prefix", "hubs/one",
                "hub.store.s3.access-key", "name",
                "hub.store.s3.secret-key", "very-secret")
            .store();
    assertThat(other.s3().endpoint()).hasValue(URI.create("http://s3.example:7480"));
    assertThat(other.s3().pathStyle()).isTrue();
    assertThat(other.s3().prefix()).isEqualTo("hubs/one/");
    assertThat(other.address()).isEqualTo("bucket chunks of http://s3.example:7480");
    assertThat(other.toString()).doesNotContain("very-secret");
  }

  @Test
  void a_bucket_without_name_or_with_half_of_the_keys_is_refused() {
    assertThatThrownBy(() -> configured("hub.store", "s3"))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("hub.store.s3.bucket");
    assertThatThrownBy(
            () ->
                configured(
                    "hub.store", "s3",
                    "hub.store.s3.bucket", "chunks",
                    "hub.store.s3.secret-key", "very-secret"))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("hub.store.s3.access-key")
        .hasMessageNotContaining("very-secret");
    assertThatThrownBy(() -> configured("hub.store.s3.prefix", "/absolute"))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("hub.store.s3.prefix");
  }

  @Test
  void a_trial_sign_in_is_for_loopback() {
    assertThat(
            configured("hub.auth.dev-login", "true", "hub.http.host", "127.0.0.1")
                .auth()
                .devLogin())
        .isTrue();
  }

  @Test
  void secrets_are_not_printed() {
    HubConfiguration hub =
        configured("hub.auth.guest-token", "very-secret-1", "hub.store.password", "very-secret-2");

    assertThat(hub.toString()).contains("**redacted**").doesNotContain("very-secret");
    assertThat(hub.store().password().orElseThrow().reveal()).isEqualTo("very-secret-2");
  }

  @Test
  void the_public_url_may_have_a_path_and_is_that_of_the_application_by_default() {
    assertThat(configured("hub.public-url", "https://example.org/hub/").site().publicUrl())
        .hasToString("https://example.org/hub");
    assertThat(
            HubConfiguration.from(new Settings(name -> Optional.empty()), "/hub")
                .site()
                .publicUrl())
        .hasToString("http://localhost:8080/hub");
  }

  @Test
  void a_wrong_secret_is_not_printed_either() {
    assertThatThrownBy(() -> configured("hub.auth.guest-token", "s3cr3t"))
        .hasMessageContaining("hub.auth.guest-token")
        .hasMessageNotContaining("s3cr3t");
  }

  @ParameterizedTest
  @CsvSource({
    "hub.public-url, hub.example, an address such as",
    "hub.public-url, ftp://hub.example, an address such as",
    "hub.public-url, https://hub.example/a//b, an address such as",
    "hub.public-url, https://user@hub.example, an address such as",
    "hub.public-url, 'https://hub example', an address such as",
    "hub.public-url, https://hub.example?x, an address such as",
    "hub.public-url, http://hub.example:99999, an address such as",
    "hub.http.port, 99999, from 1 to 65535",
    "hub.read-only, yes, true or false",
    "hub.auth.enabled, 0, true or false",
    "hub.auth.dev-login, on, true or false",
    "hub.auth.dev-login, true, false unless the hub listens on loopback",
    "hub.auth.guest-token, 'a b c d e f', visible ASCII characters",
    "hub.auth.token.ttl, 90 days, an ISO 8601 duration",
    "hub.auth.token.ttl, PT0S, an ISO 8601 duration",
    "hub.gc.schedule, 61 3 * * *, such as 30 3",
    "hub.gc.schedule, 0 0 3 * * *, such as 30 3",
    "hub.gc.schedule, 30 3 31 2 *, such as 30 3",
    "hub.gc.grace, PT0S, an ISO 8601 duration",
    "hub.gc.rewrite-percent, 100, from 1 to 99",
    "hub.scrub.schedule, daily, such as 30 3",
    "hub.retention.rules, ci=P30D, rules such as",
    "hub.retention.rules, ci/*=P0D, rules such as",
    "hub.retention.rules, ci/*=P999999999999D, at most 100 years",
    "hub.retention.rules, ci/*=P999999999999999999D, at most 100 years",
    "hub.retention.rules, ci/*=newest 0, rules such as",
    "hub.retention.rules, ci/*=for ever, rules such as",
    "hub.quota.flists, many, a limit for all repositories",
    "hub.quota.flists, '5, 6', a limit for all repositories",
    "hub.quota.bytes, ci-*=5 parsecs, a limit for all repositories",
    "hub.quota.bytes, =5 GiB, a limit for all repositories",
    "hub.auth.administrators, 'a/b', accounts or groups",
    "hub.auth.token.ttl, -P1D, an ISO 8601 duration",
    "hub.auth.token.ttl, P9999D, an ISO 8601 duration",
    "hub.auth.users-map, apps, account=user pairs",
    "hub.auth.users-map, apps=, account=user pairs",
    "hub.auth.users-map, =bob, account=user pairs",
    "hub.auth.users-map, a=b=c, account=user pairs",
    "hub.auth.users-map, ../x=bob, account=user pairs",
    "hub.store, bogus, 'one of embedded, zdb, redis'",
    "hub.store.host, a b, a host name or an address",
    "hub.store.host, http://zdb.example, a host name or an address",
    "hub.store.port, 0, from 1 to 65535",
    "hub.store.port, 65536, from 1 to 65535",
    "hub.store.port, x, from 1 to 65535",
    "hub.store.namespace, a b, letters",
    "hub.gateway.enabled, maybe, true or false",
    "hub.gateway.enabled, false, hub.backend.host must say",
    "hub.gateway.host, 'a,b', a host name or an address",
    "hub.gateway.port, -1, from 1 to 65535",
    "hub.backend.host, 0.0.0.0, a wildcard is never published",
    "hub.backend.host, '[::]', a wildcard is never published",
    "hub.backend.host, *, a wildcard is never published",
    "hub.backend.host, zdb:9900, a host name or an address",
    "hub.backend.port, 1.5, from 1 to 65535",
    "hub.backend.namespace, 'a/b', letters",
    "hub.limits.upload-bytes, lots, a size such as",
    "hub.limits.upload-bytes, 0, a size such as",
    "hub.limits.upload-bytes, -1, a size such as",
    "hub.limits.upload-bytes, 10 XiB, a size such as",
    "hub.limits.entries, 0, a whole number",
    "hub.limits.entries, many, a whole number",
    "hub.limits.unpacked-bytes, 99999999 TiB, a size such as",
    "hub.limits.ratio, 0, a whole number",
    "hub.limits.concurrent-uploads, 0, a whole number",
    "hub.limits.concurrent-uploads, 1001, a whole number",
    "hub.limits.jobs, none, a whole number",
  })
  void a_wrong_value_is_named_with_what_is_allowed(String property, String value, String allowed) {
    assertThatThrownBy(() -> configured(property, value))
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith(property + " is '")
        .hasMessageContaining(allowed)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1", "localhost", "127.8.8.8", "[::1]", "::1"})
  void loopback_is_not_published_to_the_world(String host) {
    assertThatThrownBy(
            () -> configured("hub.public-url", "https://hub.example", "hub.backend.host", host))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("loopback is published only when");
  }

  @Test
  void a_remote_store_on_loopback_is_not_published_to_the_world() {
    assertThatThrownBy(
            () -> configured("hub.public-url", "https://hub.example", "hub.store", "zdb"))
        .hasMessageStartingWith("hub.backend.host is 'localhost'");
  }

  @Test
  void a_trial_sign_in_is_refused_when_others_can_connect() {
    assertThatThrownBy(() -> configured("hub.auth.dev-login", "true", "hub.http.host", "0.0.0.0"))
        .hasMessageContaining("hub.auth.dev-login");
    assertThatThrownBy(
            () ->
                configured(
                    "hub.auth.dev-login", "true",
                    "hub.http.host", "127.0.0.1",
                    "hub.public-url", "https://hub.example"))
        .hasMessageContaining("hub.auth.dev-login");
  }

  @Test
  void control_characters_of_a_value_do_not_reach_the_line() {
    assertThatThrownBy(() -> configured("hub.store", "a\nb"))
        .hasMessageStartingWith("hub.store is 'a?b'");
  }

  @ParameterizedTest
  @CsvSource({
    "4096, 4096",
    "20 GiB, 21474836480",
    "20GiB, 21474836480",
    "1.5 kib, 1536",
    "2 MB, 2000000",
    "1 TiB, 1099511627776",
  })
  void sizes_are_written_as_people_do(String text, long bytes) {
    assertThat(ByteSize.parse(text)).contains(bytes);
  }

  @Test
  void itsyou_online_takes_a_name_a_password_and_a_key() {
    assertThat(configured().signIn().iyo()).isEmpty();
    assertThatThrownBy(() -> configured("hub.auth.iyo.client-id", "hub"))
        .isInstanceOf(SettingException.class)
        .hasMessage(
            "hub.auth.iyo.public-key is '', but must be set when hub.auth.iyo.client-id is");
    assertThatThrownBy(
            () -> configured("hub.auth.iyo.client-id", "hub", "hub.auth.iyo.public-key", "key.pem"))
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith("hub.auth.iyo.client-secret is ''");
  }
}
