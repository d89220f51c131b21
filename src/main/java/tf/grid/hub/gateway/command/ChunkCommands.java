package tf.grid.hub.gateway.command;

import static tf.grid.hub.gateway.command.Reply.error;
import static tf.grid.hub.gateway.command.Reply.number;

import io.netty.handler.codec.redis.RedisMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.gateway.command.Request.Command;
import tf.grid.hub.store.ChunkInventory;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.StoreException;
import tf.grid.hub.store.StoreException.StoreAccessDeniedException;
import tf.grid.hub.store.StoreException.StoreCorruptException;
import tf.grid.hub.store.StoreException.StoreFullException;

/** Executes the commands that may block, for all connections. Thread-safe. */
public final class ChunkCommands {

  /** Maximum bytes of values in a batch of reads. */
  public static final int READ_BYTES = 1 << 20;

  private static final Logger LOG = System.getLogger(ChunkCommands.class.getName());

  private final ChunkStore store;
  private final ChunkWriter writes;
  private final Optional<InventoryCommands> inventory;

  public ChunkCommands(ChunkStore store, Optional<ChunkInventory> inventory, String namespace) {
    this.store = store;
    this.writes = new ChunkWriter(store);
    this.inventory = inventory.map(all -> new InventoryCommands(all, namespace));
  }

  /**
   * Executes commands of one kind.
   *
   * @return replies in order; for reads there may be fewer replies than commands, but at least one
   */
  public List<RedisMessage> run(List<Command> commands, WriteAuthorization pass) {
    try {
      return dispatch(commands, pass);
    } catch (StoreException e) {
      return Collections.nCopies(commands.size(), error(meaning(e)));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a gateway command failed", e);
      return Collections.nCopies(commands.size(), error(Reply.INTERNAL));
    }
  }

  private List<RedisMessage> dispatch(List<Command> commands, WriteAuthorization pass) {
    Command first = commands.get(0);
    return switch (first.verb()) {
      case GET -> get(commands, pass);
      case EXISTS -> exists(commands, pass);
      case SET -> set(commands, pass);
      case AUTH -> List.of(auth(first, pass));
      case CHECK -> List.of(check(first));
      case LENGTH -> List.of(length(first));
      default ->
          List.of(
              inventory.map(all -> all.answer(first)).orElseGet(() -> error(Reply.NOT_SUPPORTED)));
    };
  }

  private List<RedisMessage> get(List<Command> commands, WriteAuthorization pass) {
    if (pass.stillGranted()) {
      // A writer may publish what it has read: asking keeps these chunks from being collected.
      store.missing(commands.stream().map(Command::id).flatMap(Optional::stream).toList());
    }
    List<RedisMessage> replies = new ArrayList<>(commands.size());
    int bytes = 0;
    for (Command command : commands) {
      RedisMessage reply = getOne(command);
      replies.add(reply);
      bytes += Reply.valueBytes(reply);
      if (bytes >= READ_BYTES) {
        break;
      }
    }
    return replies;
  }

  /** A failed command does not affect the others. */
  private RedisMessage getOne(Command command) {
    try {
      return command.id().flatMap(store::get).map(Reply::bulk).orElse(Reply.NIL);
    } catch (StoreException e) {
      return error(meaning(e));
    }
  }

  /** Only what a writer finds is kept from being collected. */
  private List<RedisMessage> exists(List<Command> commands, WriteAuthorization pass) {
    List<ChunkId> asked = commands.stream().map(Command::id).flatMap(Optional::stream).toList();
    Set<ChunkId> missing = pass.stillGranted() ? store.missing(asked) : store.absent(asked);
    return commands.stream()
        .map(command -> command.id().filter(id -> !missing.contains(id)).isPresent() ? 1 : 0)
        .map(Reply::number)
        .toList();
  }

  private List<RedisMessage> set(List<Command> commands, WriteAuthorization pass) {
    return pass.stillGranted()
        ? writes.set(commands)
        : Collections.nCopies(commands.size(), error(Reply.READ_ONLY));
  }

  private static RedisMessage auth(Command command, WriteAuthorization pass) {
    if (!pass.canBeGranted()) {
      return error(Reply.NO_AUTH);
    }
    return pass.show(command.argument(0)) ? Reply.OK : error(Reply.DENIED);
  }

  private RedisMessage check(Command command) {
    try {
      return command.id().flatMap(store::get).map(value -> number(1)).orElse(Reply.NIL);
    } catch (StoreCorruptException e) {
      return number(0);
    }
  }

  private RedisMessage length(Command command) {
    if (inventory.isPresent()) {
      return inventory.get().answer(command);
    }
    return command.id().flatMap(store::get).map(it -> number(it.length)).orElse(Reply.NIL);
  }

  private static String meaning(StoreException e) {
    LOG.log(Level.WARNING, "a gateway command failed in the chunk store: {0}", e.getMessage());
    if (e instanceof StoreFullException) {
      return Reply.NO_SPACE;
    }
    if (e instanceof StoreCorruptException) {
      return Reply.DAMAGED;
    }
    return e instanceof StoreAccessDeniedException ? Reply.STORE_REFUSES : Reply.STORE_SILENT;
  }
}
