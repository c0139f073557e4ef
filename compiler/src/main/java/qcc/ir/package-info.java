/** The graph of a network at all its stages. Knows no operator; operators implement {@link qcc.ir.Operation}. */
package qcc.ir;
