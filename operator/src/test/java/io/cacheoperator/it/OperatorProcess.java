package io.cacheoperator.it;

import io.cacheoperator.app.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The operator as a process of its own, with nothing of this machine's settings.
 *
 * @param log both of its outputs
 */
record OperatorProcess(Process process, Path log) implements AutoCloseable {

    /**
     * Starts it.
     *
     * @param folder is its home
     * @param name tells several in one folder apart
     */
    static OperatorProcess start(Path folder, String name, Map<String, String> environment) throws IOException {
        Path log = folder.resolve(name + ".log");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(
                        java.toString(), "-cp", System.getProperty("java.class.path"), Main.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("AWS_") || key.startsWith("KUBE"));
        builder.environment().put("HOME", folder.toString());
        builder.environment().putAll(environment);
        return new OperatorProcess(builder.start(), log);
    }

    String output() throws IOException {
        return Files.readString(log);
    }

    /** Whether it ends within this time. */
    boolean endsWithin(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    int exitValue() {
        return process.exitValue();
    }

    /** Sends a signal, such as {@code STOP}. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
