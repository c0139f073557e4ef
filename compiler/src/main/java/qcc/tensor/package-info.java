/** Dense arrays of numbers with a shape: what interpreters compute with and parameters are made of. */
package qcc.tensor;
