package qcc.tests.benchmark;

/**
 * What is counted.
 *
 * @param target name
 * @param level  of optimisation, an option of the C compiler
 * @param model  name
 */
record BenchmarkCase(String target, String level, String model) {

    /** As the expectations write it. */
    @Override
    public String toString() {
        return target + " " + level + " " + model;
    }
}
