package qcc.tests.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;

/** Judges the networks of consecutive seeds, several at a time. */
final class Campaign {
    private final Oracle oracle;
    private final int jobs;
    private final BiConsumer<Long, Outcome> observer;

    /**
     * @param jobs     networks that are judged at the same time
     * @param observer told of every outcome, in the order of the seeds
     */
    Campaign(Oracle oracle, int jobs, BiConsumer<Long, Outcome> observer) {
        this.oracle = oracle;
        this.jobs = jobs;
        this.observer = observer;
    }

    /**
     * What a campaign found.
     *
     * @param passed   number of networks
     * @param refused  number of networks that the compiler declined
     * @param failures in the order of their seeds
     */
    record Report(int passed, int refused, List<Failure> failures) {
        Report {
            failures = List.copyOf(failures);
        }

        @Override
        public String toString() {
            return passed + " networks passed, " + failures.size() + " failed, " + refused + " were refused";
        }
    }

    /** A network that failed. */
    record Failure(long seed, Outcome outcome) {
    }

    /** Goes on from {@code seed} until {@code count} networks have passed or failed; refused ones do not count. */
    Report run(long seed, int count) {
        int passed = 0;
        int refused = 0;
        List<Failure> failures = new ArrayList<>();
        ExecutorService executor = Executors.newFixedThreadPool(jobs);
        try {
            long next = seed;
            while (passed + failures.size() < count) {
                long end = next + count - passed - failures.size();
                List<Future<Outcome>> started = LongStream.range(next, end)
                        .mapToObj(s -> executor.submit(() -> oracle.judge(NetworkGenerator.network(s).text()))).toList();
                for (Future<Outcome> future : started) {
                    Outcome outcome = future.get();
                    observer.accept(next, outcome);
                    switch (outcome.kind()) {
                        case PASSED -> passed++;
                        case REFUSED -> refused++;
                        case FAILED -> failures.add(new Failure(next, outcome));
                    }
                    next++;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } finally {
            executor.shutdownNow();
        }
        return new Report(passed, refused, failures);
    }
}
