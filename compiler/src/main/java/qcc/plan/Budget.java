package qcc.plan;

/** An amount of work, counted in elementary steps instead of time so that every run decides the same. */
final class Budget {
    private final Budget parent;
    private long left;

    Budget(long amount) {
        this(null, amount);
    }

    private Budget(Budget parent, long amount) {
        this.parent = parent;
        left = amount;
    }

    /** Counts work that has been done, here and in the budgets that this one is a share of. */
    void spend(long amount) {
        for (Budget budget = this; budget != null; budget = budget.parent) {
            budget.left -= amount;
        }
    }

    /** True when the work should come to an end. */
    boolean isSpent() {
        return left <= 0 || parent != null && parent.isSpent();
    }

    /** A limit for one task: a fraction of what is left. What the task does not spend stays here. */
    Budget share(double fraction) {
        return new Budget(this, (long) (Math.max(0, left) * fraction));
    }
}
