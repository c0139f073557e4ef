/** What a front end makes of a model: the typed graph and the wishes for its quantisation. */
package qcc.model;
