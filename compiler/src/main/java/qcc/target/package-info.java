/** Targets: what the folders under {@code targets/} say about cores, boards and their kernels. */
package qcc.target;
