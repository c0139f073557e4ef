/**
 * From a graph to QDSL that a person would have liked to write: repeated structure becomes blocks, values with one
 * reader flow through pipes, and only what differs from the defaults is said. The inverse of elaboration.
 */
package qcc.writer;
