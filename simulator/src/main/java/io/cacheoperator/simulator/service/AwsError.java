package io.cacheoperator.simulator.service;

/** A refusal in AWS's words, answered to the client in the shape of the protocol that it speaks. It carries no stack trace. */
public final class AwsError extends RuntimeException {
    private final String code;
    private final int httpStatus;

    private AwsError(String code, int httpStatus, String message) {
        super(message, null, false, false);
        this.code = code;
        this.httpStatus = httpStatus;
    }

    /**
     * An error with its wire code, such as {@code ReplicationGroupNotFoundFault} (not the SDK's exception class name).
     *
     * @param httpStatus 400 to 599; from 500 the fault is the receiver's
     */
    public static AwsError of(String code, int httpStatus, String message) {
        return new AwsError(code, httpStatus, message);
    }

    /** A sender's fault answered with HTTP 400, which is what most AWS errors are. */
    public static AwsError badRequest(String code, String message) {
        return of(code, 400, message);
    }

    /** A sender's fault answered with HTTP 404, as ElastiCache does for most things that do not exist. */
    public static AwsError notFound(String code, String message) {
        return of(code, 404, message);
    }

    public static AwsError invalidParameterValue(String message) {
        return badRequest("InvalidParameterValue", message);
    }

    public static AwsError invalidParameterCombination(String message) {
        return badRequest("InvalidParameterCombination", message);
    }

    public static AwsError missingParameter(String message) {
        return badRequest("MissingParameter", message);
    }

    /** The code on the wire. */
    public String code() {
        return code;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** The words sent to the client. */
    public String message() {
        return String.valueOf(getMessage());
    }

    /** True if the client is at fault ({@code Sender}), false if the service is ({@code Receiver}). */
    public boolean senderFault() {
        return httpStatus < 500;
    }
}
