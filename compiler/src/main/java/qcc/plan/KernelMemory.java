package qcc.plan;

import qcc.ir.Node;

/** What the kernels that compute a graph's nodes do to memory. */
public interface KernelMemory {

    /** The bytes of working memory that the node's kernel needs during its step; 0 for none. */
    int scratchBytes(Node node);

    /** The order in which the node's kernel reads its inputs and writes its output. */
    Sweep sweep(Node node);
}
