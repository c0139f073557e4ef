package qcc.budget;

import java.util.Locale;

/** What of a firmware is limited. */
public enum Metric {
    /** Bytes of code, constants and initial values; its parts are symbols of the linked firmware. */
    FLASH("bytes of flash"),
    /** Bytes of variables without the stack; its parts are variables. */
    RAM("bytes of RAM"),
    /** The bound of the stack of one run, in bytes. */
    STACK("bytes of stack"),
    /** Of one call of the run function; its parts are layers. */
    INSTRUCTIONS("instructions");

    private final String unit;

    Metric(String unit) {
        this.unit = unit;
    }

    /** The key in the file. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What is counted, in words. */
    public String unit() {
        return unit;
    }
}
