package tf.grid.hub.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.client.RecordedExchange.json;

import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.RunningHub;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.it.accounts.AccountsHub;
import tf.grid.hub.it.client.ClientProgram.Run;

/** The client at a hub with accounts. */
class ClientAccountsIT {
  private static final RunningHub HUB = AccountsHub.shared();
  private static final RunningHub OPEN = RunningHub.shared();

  @TempDir Path home;

  @Test
  void a_token_is_saved_used_and_forgotten_per_hub() throws Exception {
    ClientProgram client = new ClientProgram(home, Map.of());
    String url = HUB.uri("").toString();
    Run refused = client.run("login", url);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("set HUB_TOKEN, or use --token-stdin");
    Path token = Files.writeString(home.resolve("token"), token("alice.3bot") + "\n");
    assertThat(client.reading(token, "login", "--token-stdin", url).out())
        .isEqualTo("Logged in to " + url + " as alice.3bot\n");

    client.run("login", OPEN.uri("").toString());
    assertThat(client.run("hubs").out()).isEqualTo("  " + url + "\n* " + OPEN.uri("") + "\n");
    assertThat(client.run("whoami").out()).startsWith("Administrator at ");
    assertThat(client.run("whoami", "--hub", url).out()).startsWith("alice.3bot at ");
    assertThat(client.run("login", url).out()).as("with the saved token").contains("alice.3bot");
    assertThat(client.run("hubs").out()).startsWith("* " + url);

    assertThat(client.run("logout").out()).isEqualTo("Logged out of " + url + "\n");
    assertThat(client.run("whoami", "--hub", url).code()).isEqualTo(4);
    assertThat(client.run("hubs").out()).isEqualTo("* " + OPEN.uri("") + "\n");
  }

  @Test
  void chunks_are_written_to_the_gateway_with_the_token() throws Exception {
    Path tree = Files.createDirectories(home.resolve("tree"));
    Files.writeString(tree.resolve("file"), "content " + System.nanoTime());
    String[] push = {
      "push",
      "--json",
      "--hub",
      HUB.uri("").toString(),
      "--backend",
      "127.0.0.1:" + HUB.gatewayPort(),
      tree.toString(),
      "by-zdb"
    };
    Run refused = new ClientProgram(home, Map.of("HUB_TOKEN", "wrong")).run(push);
    assertThat(refused.code()).isEqualTo(4);
    assertThat(refused.err()).contains("Access denied").doesNotContain("wrong");
    ClientProgram alice = new ClientProgram(home, Map.of("HUB_TOKEN", token("alice.3bot")));
    assertThat(alice.run(push).json().getInt("sentChunks")).isEqualTo(1);
    String hub = HUB.uri("").toString();
    assertThat(alice.run("cat", "--hub", hub, "alice.3bot/by-zdb", "/file").out())
        .startsWith("content ");
  }

  /** What the client remembers of its files is of no use there, so it begins again. */
  @Test
  void a_directory_that_one_hub_has_is_sent_to_another() throws Exception {
    ClientProgram alice = new ClientProgram(home, Map.of("HUB_TOKEN", token("alice.3bot")));
    String tree = "src/test/resources/container";
    Run known = alice.run("push", "--hub", OPEN.uri("").toString(), tree, "tree");
    Run other = alice.run("push", "--hub", HUB.uri("").toString(), tree, "tree");
    assertThat(other.out()).as(other.err()).matches("Pushed tree.flist: .*; sent [1-9].*\n");
    assertThat(other.out()).startsWith(known.out().substring(0, known.out().indexOf(';')));
  }

  private static String token(String user) throws Exception {
    String answer =
        new Uploader(HUB.uri("/"))
            .with("Content-Type", "application/x-www-form-urlencoded")
            .postText("/api/tokens", "user=" + user)
            .body();
    JsonObject payload = ((JsonObject) json(answer)).getJsonObject("payload");
    return payload.getString("token");
  }
}
