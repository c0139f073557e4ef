/**
 * Integer operations of which an operand or the result is int16. Each says in its literals how many bits its operands
 * and its result have, so that layers of 8 and of 16 bits meet without an operation between them.
 */
package qcc.ops.wide;
