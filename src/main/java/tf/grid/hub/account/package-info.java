/** Accounts: who someone is, and the tokens that say so. */
package tf.grid.hub.account;
