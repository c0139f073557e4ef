/**
 * A simulator of GAP-8: a fabric controller and a cluster of up to eight cores with RV32IMC and XpulpV2, their
 * memories, DMA and event unit, in lock-step and counted in cycles. {@link qcc.gap8.Main} is its command line.
 */
package qcc.gap8;
