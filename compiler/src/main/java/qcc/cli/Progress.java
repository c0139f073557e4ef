package qcc.cli;

import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;

/** One line that says what is being done, once it takes longer than two seconds; silent when nobody looks. */
final class Progress implements AutoCloseable {
    private static final long PATIENCE_MS = 2000;
    private static final long REFRESH_MS = 500;
    private static final String CLEAR_LINE = "\r\u001B[K";

    private final Terminal terminal;
    private final Timer timer = new Timer("progress", true);
    private volatile String activity;
    private volatile long since = System.nanoTime();
    private boolean shown;

    Progress(Terminal terminal, String activity) {
        this.terminal = terminal;
        this.activity = activity;
        if (terminal.isInteractive()) {
            timer.schedule(new TimerTask() {
                @Override
                public void run() {
                    show();
                }
            }, PATIENCE_MS, REFRESH_MS);
        }
    }

    /** What is being done from now on. */
    void now(String next) {
        activity = next;
        since = System.nanoTime();
    }

    private synchronized void show() {
        shown = true;
        terminal.err().print(String.format(Locale.ROOT, "%sqcc: %s ... %d s", CLEAR_LINE, activity,
                (System.nanoTime() - since) / 1_000_000_000));
        terminal.err().flush();
    }

    /** Removes the line, before results are printed. */
    synchronized void done() {
        timer.cancel();
        if (shown) {
            shown = false;
            terminal.err().print(CLEAR_LINE);
            terminal.err().flush();
        }
    }

    @Override
    public void close() {
        done();
    }
}
