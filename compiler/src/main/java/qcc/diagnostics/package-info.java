/** What can go wrong with a user's input, where, and how it is told. Nothing here knows about networks. */
package qcc.diagnostics;
