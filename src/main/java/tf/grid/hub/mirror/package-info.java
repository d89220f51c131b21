/** Follows another hub, and copies single repositories of other hubs. */
package tf.grid.hub.mirror;
