package io.cacheoperator.local;

import java.util.List;

/** Why {@code make local} cannot go on: one sentence for the one who started it, and what may help to understand it. */
final class LocalFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String sentence;
    private final transient List<String> details;

    LocalFailure(String sentence) {
        this(sentence, List.of());
    }

    LocalFailure(String sentence, List<String> details) {
        super(sentence);
        this.sentence = sentence;
        this.details = List.copyOf(details);
    }

    LocalFailure(String sentence, Throwable cause) {
        super(sentence, cause);
        this.sentence = sentence;
        this.details = List.of();
    }

    String sentence() {
        return sentence;
    }

    /** Lines to print below the sentence. */
    List<String> details() {
        return details;
    }
}
