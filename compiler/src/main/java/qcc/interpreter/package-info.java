/** The reference: what a graph computes, in reals and in integers. Shares no code with the kernels. */
package qcc.interpreter;
