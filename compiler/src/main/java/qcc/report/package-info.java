/**
 * Self-contained pages of HTML: no script, no other files, light and dark, the same bytes for the same content. A
 * {@link qcc.report.Page} is made of blocks; this package knows nothing about networks, {@link qcc.report.pages} does.
 */
package qcc.report;
