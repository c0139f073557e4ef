/** What GAP-8 is accepted by: known networks on any number of cores, in every emulator, and how fast they are. */
package qcc.tests.gap8;
