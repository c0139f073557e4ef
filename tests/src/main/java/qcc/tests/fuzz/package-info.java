/** Differential testing: random networks, what must hold for each of them, and the smallest network that fails. */
package qcc.tests.fuzz;
