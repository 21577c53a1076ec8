package io.cacheoperator.app;

/** The operator cannot start as it is configured; the message is one sentence for the person who configured it. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }
}
