package tf.grid.hub.wiring.producer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import tf.grid.hub.exchange.ChunkExchange;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.store.ChunkStore;

/** Puts together what takes and hands out chunks over HTTP. */
@ApplicationScoped
public class ExchangeProducer {

  /** Part of the heap for chunks that are being received: one in sixteen. */
  private static final long SHARE = 16;

  private static final long LEAST_PLACES = 4;

  @Produces
  @Singleton
  ChunkExchange exchange(ChunkStore store, Ticker ticker) {
    long affordable = Runtime.getRuntime().maxMemory() / SHARE / ChunkExchange.MOST_BYTES;
    return new ChunkExchange(store, ticker, (int) Math.max(LEAST_PLACES, affordable));
  }
}
