package qcc.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import qcc.ir.Value;

/**
 * When the rows of a supplied input are needed in a stream: how many have to be kept for that, and when the place of their
 * window is free for others.
 */
final class SupplySchedule {
    private final Value value;
    private final boolean followed;
    private final List<Need> needs = new ArrayList<>();

    /** In an event, a layer reads the rows from {@code first} to before {@code end}. */
    private record Need(int event, int first, int end) {
    }

    /** @param followed true when a single layer reads the input */
    SupplySchedule(Value value, boolean followed) {
        this.value = value;
        this.followed = followed;
    }

    /** Adds what the next event needs. */
    void add(int event, int first, int end) {
        needs.add(new Need(event, first, end));
    }

    Value value() {
        return value;
    }

    /** The rows of the window: the most from the first one that is needed to the last one that is there. */
    int rows() {
        int next = 0;
        int rows = 1;
        for (Need need : needs) {
            next = Math.max(next, need.end());
            rows = Math.max(rows, next - need.first());
        }
        return rows;
    }

    long bytes() {
        return (long) rows() * RowLayer.pitch(value);
    }

    RowStream.Window at(long offset) {
        return new RowStream.Window(value, rows(), offset, followed);
    }

    /** The events during which some row waits to be read. */
    BitSet live() {
        int[] supplied = new int[RowLayer.height(value)];
        BitSet live = new BitSet();
        int next = 0;
        for (Need need : needs) {
            if (need.end() > next) {
                Arrays.fill(supplied, next, need.end(), need.event());
                next = need.end();
            }
            for (int row = need.first(); row < need.end(); row++) {
                live.set(supplied[row], need.event() + 1);
            }
        }
        return live;
    }

    /** The bytes that move when rows leave the window. */
    long movedBytes() {
        RowStream.Window window = at(0);
        int begin = 0;
        int next = 0;
        long moved = 0;
        for (Need need : needs) {
            int wanted = window.begin(need.first(), need.end());
            if (wanted > begin) {
                moved += (long) Math.max(0, next - wanted) * RowLayer.pitch(value);
                begin = wanted;
            }
            next = Math.max(next, need.end());
        }
        return moved;
    }
}
