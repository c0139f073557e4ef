/** From records to named arguments: an operator's attribute record is the only description of its arguments. */
package qcc.ops.attributes;
