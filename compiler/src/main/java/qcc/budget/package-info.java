/** What a firmware may cost, kept in a YAML file beside the model; the YAML library stays inside. */
package qcc.budget;
