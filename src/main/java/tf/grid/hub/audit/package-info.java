/** The audit log: who changed what, from where, and how it went. */
package tf.grid.hub.audit;
