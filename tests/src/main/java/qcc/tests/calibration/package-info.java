/** What kernels cost on a core: counts of many layers in its emulator, and the prices that explain them. */
package qcc.tests.calibration;
