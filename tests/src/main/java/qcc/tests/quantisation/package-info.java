/** What quantisation costs, method by method, on the real networks that there are. */
package qcc.tests.quantisation;
