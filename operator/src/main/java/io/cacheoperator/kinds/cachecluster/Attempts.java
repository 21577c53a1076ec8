package io.cacheoperator.kinds.cachecluster;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The changes that were sent for one generation of a spec and are not seen in AWS yet. AWS reverts some without a word but in
 * its events (aws-behaviour.md, 0.3): what it reverted twice is not sent again until the spec is edited.
 */
public record Attempts(List<AttemptStatus> all) {

    static final Attempts NONE = new Attempts(List.of());

    /** So often a change is sent at most. */
    private static final int MOST = 2;

    /** As many as a status can hold. */
    private static final int SHOWN = 100;

    public Attempts {
        all = List.copyOf(all);
    }

    /**
     * The name of an attempt.
     *
     * @param operation as in the plan's steps
     * @param field of the spec
     */
    static String step(String operation, String field) {
        return operation + " " + field;
    }

    private Stream<AttemptStatus> of(String field) {
        return all.stream().filter(attempt -> isAbout(attempt, field));
    }

    private static boolean isAbout(AttemptStatus attempt, String field) {
        String step = attempt.step();
        return step != null
                && step.indexOf(' ') > 0
                && step.substring(step.indexOf(' ') + 1).equals(field);
    }

    /** Whether AWS had its chances. */
    boolean exhausted(String field) {
        return of(field).anyMatch(attempt -> Objects.requireNonNullElse(attempt.count(), 0) >= MOST);
    }

    /** Until when AWS may still show what was before a field was sent. */
    Optional<Instant> believedFrom(String field, Duration settling, Instant now) {
        return of(field)
                .flatMap(attempt -> Stream.ofNullable(attempt.lastTime()))
                // A clock that went back must not hold anything for ever.
                .filter(sent -> !sent.isAfter(now))
                .map(sent -> sent.plus(settling))
                .filter(now::isBefore)
                .max(Instant::compareTo);
    }

    /** What was said of a field that AWS reverted. */
    Optional<String> result(String field) {
        return of(field).flatMap(attempt -> Stream.ofNullable(attempt.result())).findFirst();
    }

    /** Only those of the spec as it is now. */
    Attempts ofGeneration(long generation) {
        return keeping(attempt -> Objects.equals(attempt.generation(), generation));
    }

    /** Without those of fields that AWS has now. */
    Attempts without(Predicate<String> reached) {
        return keeping(attempt -> {
            String step = Objects.requireNonNullElse(attempt.step(), "");
            return !reached.test(step.substring(step.indexOf(' ') + 1));
        });
    }

    private Attempts keeping(Predicate<AttemptStatus> predicate) {
        return new Attempts(all.stream().filter(predicate).toList());
    }

    /** Each of these steps was sent once more. */
    Attempts sent(Set<String> steps, long generation, Instant now) {
        List<AttemptStatus> next = new ArrayList<>(all);
        steps.stream().sorted().forEach(step -> {
            int before = next.stream()
                    .filter(attempt -> step.equals(attempt.step()))
                    .map(attempt -> Objects.requireNonNullElse(attempt.count(), 0))
                    .findFirst()
                    .orElse(0);
            next.removeIf(attempt -> step.equals(attempt.step()));
            next.add(new AttemptStatus(step, generation, before + 1, now.truncatedTo(ChronoUnit.SECONDS), null));
        });
        return new Attempts(next);
    }

    /** Says of a field what came of sending it. */
    Attempts saying(String field, String result) {
        return new Attempts(all.stream()
                .map(attempt -> isAbout(attempt, field)
                        ? new AttemptStatus(
                                attempt.step(), attempt.generation(), attempt.count(), attempt.lastTime(), result)
                        : attempt)
                .toList());
    }

    /** As the status shows them: the most often sent first. */
    List<AttemptStatus> shown() {
        return all.stream()
                .sorted(Comparator.<AttemptStatus, Integer>comparing(
                                attempt -> -Objects.requireNonNullElse(attempt.count(), 0))
                        .thenComparing(attempt -> Objects.requireNonNullElse(attempt.step(), "")))
                .limit(SHOWN)
                .toList();
    }
}
