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

/** The commands that are answered at once, without the store. Safe for any number of threads. */
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

  /** The reply, or empty when the store has to be asked. */
  public Optional<RedisMessage> answer(Command command) {
    return switch (command.verb()) {
      case PING -> Optional.of(Reply.PONG);
      case TIME -> Optional.of(time());
      case INFO -> Optional.of(Reply.text(about()));
      case NSLIST -> Optional.of(Reply.array(List.of(Reply.text(namespace))));
      case SELECT -> Optional.of(isMine(command) ? Reply.OK : error(Reply.NO_NAMESPACE));
      case NSINFO -> isMine(command) ? Optional.empty() : Optional.of(error(Reply.NO_NAMESPACE));
      // Chunks are deleted by the hub's own collection of garbage and by nobody else.
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

  /** Clients look for the name that the server of this protocol has given itself. */
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
