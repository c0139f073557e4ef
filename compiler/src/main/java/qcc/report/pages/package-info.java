/** What the pages of qcc's commands show; how it looks is up to {@link qcc.report}. */
package qcc.report.pages;
