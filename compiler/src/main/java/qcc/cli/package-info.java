/** The command line. */
package qcc.cli;
