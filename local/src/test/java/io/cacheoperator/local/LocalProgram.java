package io.cacheoperator.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code make local} as a process of its own, whose temporary files and target folder are in one folder of the test. */
final class LocalProgram implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("https?://127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final Thread reader;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private LocalProgram(Process process) {
        this.process = process;
        this.reader = Thread.ofVirtual().start(this::read);
    }

    /** Starts it in a free port of the simulated AWS, unless an option names one. */
    static LocalProgram start(Path folder, String... options) {
        return run(folder, command(folder, options));
    }

    /** Starts it as the child of a shell that waits for it, as make does. */
    static LocalProgram startInShell(Path folder, String... options) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\" --parent=$$; exit $?", "sh"));
        command.addAll(command(folder, options));
        return run(folder, command);
    }

    private static List<String> command(Path folder, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--root=" + root(),
                "--target=" + folder.resolve("target")));
        if (Stream.of(options).noneMatch(option -> option.startsWith("--port="))) {
            command.add("--port=0");
        }
        command.addAll(List.of(options));
        return command;
    }

    private static LocalProgram run(Path folder, List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("TMPDIR", folder.toString());
            return new LocalProgram(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path root() {
        return Path.of(System.getProperty("project.root", ".."))
                .toAbsolutePath()
                .normalize();
    }

    Process process() {
        return process;
    }

    /** The program and all that it has started. */
    List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    /** What it has printed so far, both outputs. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    String output() {
        return String.join("\n", lines);
    }

    /** The port in the first line that holds this text, once there is one. */
    Optional<Integer> portAt(String text) {
        return lines.stream()
                .filter(line -> line.contains(text))
                .map(PORT::matcher)
                .filter(Matcher::find)
                .map(matcher -> Integer.parseInt(matcher.group(1)))
                .findFirst();
    }

    /** Sends a signal, such as {@code INT}. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Waits until all that it printed was read; it must have ended. */
    void awaitOutput() throws InterruptedException {
        reader.join();
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            output.lines().forEach(lines::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
