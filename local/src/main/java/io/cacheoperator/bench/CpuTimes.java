package io.cacheoperator.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How much processor time this process and each of its children have used, by program: what the measured times are made of where
 * all share a machine. The operator is {@code java}; the manifests' side and the simulated AWS are this process.
 */
record CpuTimes(Map<String, Duration> byProgram) {

    static CpuTimes now() {
        return new CpuTimes(Stream.concat(ProcessHandle.current().descendants(), Stream.of(ProcessHandle.current()))
                .filter(process -> process.info().command().isPresent())
                .collect(Collectors.toMap(
                        CpuTimes::program,
                        process -> process.info().totalCpuDuration().orElse(Duration.ZERO),
                        Duration::plus,
                        TreeMap::new)));
    }

    private static String program(ProcessHandle process) {
        return process.pid() == ProcessHandle.current().pid()
                ? "bench and AWS"
                : String.valueOf(Path.of(process.info().command().orElseThrow()).getFileName());
    }

    /** Such as {@code etcd 0.4 s, java 2.1 s}. */
    String since(CpuTimes before) {
        return byProgram.entrySet().stream()
                .map(entry -> "%s %.1f s"
                        .formatted(
                                entry.getKey(),
                                entry.getValue()
                                                .minus(before.byProgram.getOrDefault(entry.getKey(), Duration.ZERO))
                                                .toMillis()
                                        / 1000.0))
                .collect(Collectors.joining(", "));
    }
}
