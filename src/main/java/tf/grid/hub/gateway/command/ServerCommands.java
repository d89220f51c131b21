package tf.grid.hub.gateway.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static tf.grid.hub.gateway.command.Reply.error;

import io.netty.handler.codec.redis.RedisMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import tf.grid.hub.gateway.command.Request.Command;

/** Commands that are answered without the store. Thread-safe. */
public final class ServerCommands {
  private final String namespace;
  private final Clock clock;
  private final Instant started;
  private final LongSupplier clients;

  public ServerCommands(String namespace, Clock clock, LongSupplier clients) {
    this.namespace = namespace;
    this.clock = clock;
    this.started = clock.instant();
    this.clients = clients;
  }

  /** Returns the reply, or empty if the command needs the store. */
  public Optional<RedisMessage> answer(Command command) {
    return switch (command.verb()) {
      case PING -> Optional.of(Reply.PONG);
      case TIME -> Optional.of(time());
      case INFO -> Optional.of(Reply.text(about()));
      case NSLIST -> Optional.of(Reply.array(List.of(Reply.text(namespace))));
      case SELECT -> Optional.of(isMine(command) ? Reply.OK : error(Reply.NO_NAMESPACE));
      case NSINFO -> isMine(command) ? Optional.empty() : Optional.of(error(Reply.NO_NAMESPACE));
      // Clients cannot delete chunks.
      case DEL -> Optional.of(error(Reply.READ_ONLY));
      default -> Optional.empty();
    };
  }

  private boolean isMine(Command command) {
    return new String(command.argument(0), UTF_8).equals(namespace);
  }

  private RedisMessage time() {
    Instant now = clock.instant();
    return Reply.array(
        List.of(
            Reply.text(Long.toString(now.getEpochSecond())),
            Reply.text(Integer.toString(now.getNano() / 1000))));
  }

  /** Clients check for the server name of 0-db. */
  private String about() {
    return String.join(
        "\n",
        "# server",
        "server_name: 0-db (zdb)",
        "server_revision: hub gateway",
        "boot_time: " + started.getEpochSecond(),
        "uptime: " + Duration.between(started, clock.instant()).toSeconds(),
        "",
        "# clients",
        "clients_connected: " + clients.getAsLong(),
        "");
  }
}
