/** The trees and metadata that images become. */
package tf.grid.hub.image.tree;
