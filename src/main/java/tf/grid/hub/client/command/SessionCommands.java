package tf.grid.hub.client.command;

import jakarta.json.JsonObject;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tf.grid.hub.client.remote.HubException;
import tf.grid.hub.client.remote.HubHttp;
import tf.grid.hub.client.remote.HubLogins;

/** Commands about the user's tokens. */
final class SessionCommands {
  private static final String LOOPBACK = "localhost|127\\..*|\\[::1\\]";

  private SessionCommands() {}

  private static String user(HubHttp http) throws IOException {
    JsonObject answer = http.json("/api/flist/me").asJsonObject();
    return answer.getJsonObject("payload").getString("username");
  }

  /** Signs in. */
  @Command(
      name = "login",
      mixinStandardHelpOptions = true,
      description = {
        "Saves a token for a hub, which becomes the default for other commands.",
        "The token is read from $$HUB_TOKEN, from standard input with --token-stdin, or from the"
            + " terminal. The page /token of the hub creates tokens."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  hub-client login https://hub.example",
        "  hub-client login --token-stdin https://hub.example < token"
      })
  static final class Login extends HubCommand {
    @Parameters(paramLabel = "URL", description = "the address of the hub")
    private String url;

    @Option(names = "--token-stdin", description = "read the token from standard input")
    private boolean fromInput;

    @Override
    public Integer call() throws IOException {
      URI uri = address(url);
      if (uri.getScheme().equals("http") && !uri.getHost().matches(LOOPBACK)) {
        err().println("warning: without https, others on the network can read the token");
      }
      Optional<String> open = userWithoutToken(uri);
      String token = open.isPresent() ? "" : token(uri);
      String user = open.isPresent() ? open.get() : user(new HubHttp(uri, Optional.of(token)));
      logins().add(uri, token);
      out().println("Logged in to " + uri + " as " + user);
      return 0;
    }

    /** A hub without authentication tells the user's name to everyone. */
    private Optional<String> userWithoutToken(URI uri) throws IOException {
      try {
        return Optional.of(user(new HubHttp(uri, Optional.empty())));
      } catch (HubException e) {
        if (e.status() == 401) {
          return Optional.empty();
        }
        throw e;
      }
    }

    private String token(URI uri) throws IOException {
      String set = System.getenv("HUB_TOKEN");
      if (fromInput) {
        return new String(System.in.readNBytes(16_384), StandardCharsets.UTF_8).strip();
      } else if (set != null && !set.isEmpty()) {
        return set;
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
  static final class Logout extends HubCommand {
    @Override
    public Integer call() throws IOException {
      HubLogins logins = logins();
      URI uri = http().hub();
      boolean known = logins.remove(uri);
      out().println((known ? "Logged out of " : "Not logged in to ") + uri);
      return 0;
    }
  }

  /** Shows the user. */
  @Command(
      name = "whoami",
      mixinStandardHelpOptions = true,
      description = "Prints the account that the token acts for, and the hub.")
  static final class Whoami extends HubCommand {
    @Override
    public Integer call() throws IOException {
      HubHttp http = http();
      out().println(user(http) + " at " + http.hub());
      return 0;
    }
  }
}
