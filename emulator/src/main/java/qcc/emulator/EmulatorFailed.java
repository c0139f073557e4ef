package qcc.emulator;

/** An emulator did not do its work: it was killed, refused its configuration or broke down. Not the firmware's fault. */
public final class EmulatorFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message fit for a user
     */
    public EmulatorFailed(String message) {
        super(message);
    }

    EmulatorFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
