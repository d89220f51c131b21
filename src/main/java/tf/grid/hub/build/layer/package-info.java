/** Trees that are made of several archives, one upon the other, as container images are. */
package tf.grid.hub.build.layer;
