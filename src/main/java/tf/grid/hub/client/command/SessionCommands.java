package tf.grid.hub.client.command;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tf.grid.hub.client.remote.HubException;
import tf.grid.hub.client.remote.HubHttp;
import tf.grid.hub.client.remote.HubLogins;

/** Commands about the user's tokens. */
public final class SessionCommands {
  private static final String LOOPBACK = "localhost|127\\..*|\\[::1\\]";

  private SessionCommands() {}

  private static String user(HubHttp http) throws IOException {
    JsonObject answer = http.json("/api/flist/me").asJsonObject();
    return answer.getJsonObject("payload").getString("username");
  }

  private static boolean isSet(String variable) {
    String value = System.getenv(variable);
    return value != null && !value.isEmpty();
  }

  private static JsonObject account(URI hub, String user) {
    return Json.createObjectBuilder().add("hub", hub.toString()).add("username", user).build();
  }

  /** Signs in. */
  @Command(
      name = "login",
      mixinStandardHelpOptions = true,
      description = {
        "Saves a token for a hub, which becomes the default for other commands.",
        "The token is read from $$HUB_TOKEN, from standard input with --token-stdin, or from the"
            + " terminal. The page /token of the hub creates tokens. A saved token of the hub that"
            + " is still valid is used again."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  hub-client login https://hub.example",
        "  hub-client login --token-stdin https://hub.example < token"
      })
  public static final class Login extends HubCommand {
    @Parameters(paramLabel = "URL", description = "the address of the hub")
    private String url;

    @Option(names = "--token-stdin", description = "read the token from standard input")
    private boolean fromInput;

    @Mixin private JsonOption json;

    @Override
    public Integer call() throws IOException {
      URI uri = address(url);
      if (uri.getScheme().equals("http") && !uri.getHost().matches(LOOPBACK)) {
        err().println("warning: without https, others on the network can read the token");
      }
      HubLogins logins = logins();
      Optional<String> token = Optional.empty();
      Optional<String> user = user(uri, token);
      if (user.isEmpty() && !fromInput && !isSet("HUB_TOKEN") && logins.token(uri).isPresent()) {
        token = logins.token(uri);
        user = user(uri, token);
      }
      if (user.isEmpty()) {
        token = Optional.of(token(uri));
        user = Optional.of(SessionCommands.user(new HubHttp(uri, token)));
      }
      logins.add(uri, token.orElse(""));
      if (json.on()) {
        out().println(account(uri, user.get()));
      } else {
        out().println("Logged in to " + uri + " as " + user.get());
      }
      return 0;
    }

    /**
     * The account of a token; empty if it is not valid. A hub without authentication tells the
     * account to everyone.
     */
    private static Optional<String> user(URI uri, Optional<String> token) throws IOException {
      try {
        return Optional.of(SessionCommands.user(new HubHttp(uri, token)));
      } catch (HubException e) {
        if (e.status() == 401) {
          return Optional.empty();
        }
        throw e;
      }
    }

    private String token(URI uri) throws IOException {
      if (fromInput) {
        return new String(System.in.readNBytes(16_384), StandardCharsets.UTF_8).strip();
      } else if (isSet("HUB_TOKEN")) {
        return System.getenv("HUB_TOKEN");
      }
      Console console =
          terminal()
              .orElseThrow(
                  () ->
                      usage("no terminal to ask for a token: set HUB_TOKEN, or use --token-stdin"));
      err().println("Create a token at " + uri + "/token, then paste it here.");
      err().flush();
      char[] typed = console.readPassword("Token: ");
      return typed == null ? "" : new String(typed).strip();
    }
  }

  /** Signs out. */
  @Command(
      name = "logout",
      mixinStandardHelpOptions = true,
      description =
          "Deletes the saved token of a hub. The token stays valid: revoke it at /token of the"
              + " hub.")
  public static final class Logout extends HubCommand {
    @Mixin private JsonOption json;

    @Override
    public Integer call() throws IOException {
      HubLogins logins = logins();
      URI uri = http().hub();
      boolean known = logins.remove(uri);
      if (json.on()) {
        out()
            .println(
                Json.createObjectBuilder()
                    .add("hub", uri.toString())
                    .add("removed", known)
                    .build());
      } else {
        out().println((known ? "Logged out of " : "Not logged in to ") + uri);
      }
      return 0;
    }
  }

  /** Shows the user. */
  @Command(
      name = "whoami",
      mixinStandardHelpOptions = true,
      description = "Prints the account that the token acts for, and the hub.")
  public static final class Whoami extends HubCommand {
    @Mixin private JsonOption json;

    @Override
    public Integer call() throws IOException {
      HubHttp http = http();
      String user = user(http);
      out().println(json.on() ? account(http.hub(), user) : user + " at " + http.hub());
      return 0;
    }
  }

  /** Lists hubs. */
  @Command(
      name = "hubs",
      mixinStandardHelpOptions = true,
      description = {
        "Lists the hubs that you are logged in to; * marks the one that other commands use.",
        "'login URL' makes another one of them the default; --hub or $$HUB_URL chooses one for a"
            + " command."
      })
  public static final class Hubs extends HubCommand {
    @Mixin private JsonOption json;

    @Override
    public Integer call() throws IOException {
      HubLogins logins = logins();
      for (URI each : logins.hubs()) {
        boolean current = logins.current().filter(each::equals).isPresent();
        out()
            .println(
                json.on()
                    ? Json.createObjectBuilder()
                        .add("hub", each.toString())
                        .add("current", current)
                        .build()
                    : (current ? "* " : "  ") + each);
      }
      return 0;
    }
  }
}
