/** Text from the files under {@code templates/}; StringTemplate stays inside. */
package qcc.template;
