/** Files that make a CI server verify a firmware on every change. */
package qcc.ci;
