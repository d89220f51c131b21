package tf.grid.hub.catalogue.quota;

/**
 * How much a repository has. Links and tags do not count.
 *
 * @param flists number of flists
 * @param contentBytes sum of the sizes of all files of these flists, as far as they were measured
 * @param unmeasured number of flists whose content is not in the sum
 */
public record RepositoryUsage(long flists, long contentBytes, long unmeasured) {}
