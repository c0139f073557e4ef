/** The network as a program: kernels chosen, constants packed, memory placed. Nothing is left to decide. */
package qcc.program;
