/** The benchmark: what the firmware of known models costs on every core, beside other people's figures. */
package qcc.tests.benchmark;
