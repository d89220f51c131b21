package tf.grid.hub.gateway.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.redis.ArrayRedisMessage;
import io.netty.handler.codec.redis.ErrorRedisMessage;
import io.netty.handler.codec.redis.FullBulkStringRedisMessage;
import io.netty.handler.codec.redis.IntegerRedisMessage;
import io.netty.handler.codec.redis.RedisMessage;
import io.netty.handler.codec.redis.SimpleStringRedisMessage;
import java.util.List;

/** Replies to clients. Clients compare error texts with those of 0-db, so they must not change. */
public final class Reply {
  static final String UNEXPECTED = "Unexpected arguments";
  public static final String TOO_MANY = "Too many arguments";
  public static final String MISSING_ARGUMENTS = "Missing arguments";
  public static final String MALFORMED = "Malformed request, array expected";
  public static final String NOT_SUPPORTED = "Command not supported";
  static final String NO_NAMESPACE = "Namespace not found";
  public static final String READ_ONLY = "Namespace is in read-only mode";
  static final String DENIED = "Access denied";
  static final String NO_AUTH = "Authentication disabled";
  static final String NO_MORE = "No more data";
  static final String BAD_CURSOR = "Invalid key format";
  static final String WRONG_ID = "Value does not match its id";
  public static final String FULL_HOUSE = "Max connections reached";
  static final String NO_SPACE = "No space left on this namespace";
  static final String DAMAGED = "Stored value is damaged";
  static final String STORE_SILENT = "Chunk store does not answer";
  static final String STORE_REFUSES = "Chunk store refuses the hub";
  static final String INTERNAL = "Internal Error";

  static final RedisMessage OK = new SimpleStringRedisMessage("OK");
  static final RedisMessage PONG = new SimpleStringRedisMessage("PONG");
  static final RedisMessage NIL = FullBulkStringRedisMessage.NULL_INSTANCE;

  private Reply() {}

  public static RedisMessage error(String text) {
    return new ErrorRedisMessage(text);
  }

  static RedisMessage number(long value) {
    return new IntegerRedisMessage(value);
  }

  /** The array is not copied and must not be modified afterwards. */
  static RedisMessage bulk(byte[] bytes) {
    return new FullBulkStringRedisMessage(Unpooled.wrappedBuffer(bytes));
  }

  static RedisMessage text(String text) {
    return bulk(text.getBytes(UTF_8));
  }

  static RedisMessage array(List<RedisMessage> items) {
    return new ArrayRedisMessage(items);
  }

  /** Bytes of a value that a reply holds in memory. */
  public static int valueBytes(RedisMessage reply) {
    return reply instanceof FullBulkStringRedisMessage bulk ? bulk.content().readableBytes() : 0;
  }
}
