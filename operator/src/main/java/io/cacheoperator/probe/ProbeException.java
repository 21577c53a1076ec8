package io.cacheoperator.probe;

/** A node did not answer as it should. Stays inside this package: outside it is a {@link NodeResult.Down}. */
final class ProbeException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_DETAIL = 200;

    private final ProbeReason reason;
    private final String detail;

    /** @param detail the peer's words or the system's, in one line */
    ProbeException(ProbeReason reason, String detail) {
        super(reason + ": " + detail);
        this.reason = reason;
        String line = detail.lines().findFirst().orElse("").strip();
        this.detail = line.length() > LONGEST_DETAIL ? line.substring(0, LONGEST_DETAIL) : line;
    }

    ProbeException(ProbeReason reason, Throwable cause) {
        this(reason, words(cause));
        initCause(cause);
    }

    ProbeReason reason() {
        return reason;
    }

    String detail() {
        return detail;
    }

    private static String words(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
