/** The audit log: who changed what, when and from where. */
package tf.grid.hub.audit;
