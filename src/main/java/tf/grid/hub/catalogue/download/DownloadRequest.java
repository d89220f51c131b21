package tf.grid.hub.catalogue.download;

import java.util.Optional;
import java.util.function.Function;

/**
 * What a client asks for.
 *
 * @param address which flist, in which form
 * @param headOnly whether only the headers are wanted
 * @param headers the value of a request header by its name
 */
record DownloadRequest(
    FlistAddress address, boolean headOnly, Function<String, Optional<String>> headers) {}
