package tf.grid.hub.gateway.command;

import static tf.grid.hub.gateway.command.Reply.error;
import static tf.grid.hub.gateway.command.Reply.number;

import io.netty.handler.codec.redis.RedisMessage;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.gateway.command.Request.Command;
import tf.grid.hub.store.ChunkInventory;

/** Commands that list chunks without their content. Thread-safe. */
final class InventoryCommands {
  private static final int PAGE = 1000;

  /** Prefix of a cursor, to distinguish it from an id. */
  private static final byte CURSOR = 1;

  private final ChunkInventory inventory;
  private final String namespace;

  InventoryCommands(ChunkInventory inventory, String namespace) {
    this.inventory = inventory;
    this.namespace = namespace;
  }

  RedisMessage answer(Command command) {
    return switch (command.verb()) {
      case LENGTH -> entry(command, ChunkInventory.Entry::size);
      case KEYTIME -> entry(command, entry -> entry.time().getEpochSecond());
      case DBSIZE -> number(inventory.totals().chunks());
      case NSINFO -> Reply.text(about(inventory.totals()));
      case SCANX -> scan(command.arguments());
      default -> throw new IllegalArgumentException(command.verb() + " tells nothing of chunks");
    };
  }

  private RedisMessage entry(Command command, ToLongFunction<ChunkInventory.Entry> what) {
    return command
        .id()
        .flatMap(inventory::entry)
        .map(entry -> number(what.applyAsLong(entry)))
        .orElse(Reply.NIL);
  }

  private String about(ChunkInventory.Totals totals) {
    return String.join(
        "\n",
        "# namespace",
        "name: " + namespace,
        "entries: " + totals.chunks(),
        "public: yes",
        "password: no",
        "data_size_bytes: " + totals.bytes(),
        "data_limits_bytes: 0",
        "mode: userkey",
        "");
  }

  private RedisMessage scan(List<byte[]> arguments) {
    if (arguments.isEmpty()) {
      return page(Optional.empty());
    }
    byte[] cursor = arguments.get(0);
    if (cursor.length != ChunkId.LENGTH + 1 || cursor[0] != CURSOR) {
      return error(Reply.BAD_CURSOR);
    }
    return page(Optional.of(ChunkId.at(cursor, 1)));
  }

  private RedisMessage page(Optional<ChunkId> after) {
    List<ChunkInventory.Entry> entries = inventory.page(after, PAGE);
    if (entries.isEmpty()) {
      return error(Reply.NO_MORE);
    }
    ChunkId last = entries.get(entries.size() - 1).id();
    List<RedisMessage> items = entries.stream().map(InventoryCommands::item).toList();
    return Reply.array(List.of(Reply.bulk(cursor(last)), Reply.array(items)));
  }

  private static RedisMessage item(ChunkInventory.Entry entry) {
    return Reply.array(
        List.of(
            Reply.bulk(entry.id().bytes()),
            number(entry.size()),
            number(entry.time().getEpochSecond())));
  }

  private static byte[] cursor(ChunkId last) {
    byte[] cursor = new byte[ChunkId.LENGTH + 1];
    cursor[0] = CURSOR;
    System.arraycopy(last.bytes(), 0, cursor, 1, ChunkId.LENGTH);
    return cursor;
  }
}
