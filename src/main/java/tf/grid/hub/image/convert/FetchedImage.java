package tf.grid.hub.image.convert;

import java.util.List;
import java.util.Map;
import tf.grid.hub.build.layer.Layer;
import tf.grid.hub.image.config.ImageConfig;

/**
 * An image whose content is on its way to the store.
 *
 * @param config how to run it
 * @param layers the lowest first
 * @param origin where it is from: the metadata {@code image} of the flist
 */
public record FetchedImage(ImageConfig config, List<Layer> layers, Map<String, String> origin) {}
