package qcc.quant;

import qcc.diagnostics.Diagnostic;

/** Who wants to know what long work is at. */
public interface Work {

    /** Nobody. */
    Work SILENT = new Work() {
        @Override
        public void step(String activity) {
            // Nobody looks.
        }

        @Override
        public void warn(Diagnostic warning) {
            // Nobody listens.
        }
    };

    /** What is being done from now on, in a few words. */
    void step(String activity);

    /** What the user should know about the result. */
    void warn(Diagnostic warning);
}
