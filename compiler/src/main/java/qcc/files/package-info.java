/** Writing files so that a failure leaves what was there before, and saying in words why it failed. */
package qcc.files;
