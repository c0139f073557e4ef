/** Looks for the bits of every layer's weights: how sensitive a network is, and what fits into a budget. */
package qcc.search;
