package io.cacheoperator.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What users apply manifests with.
 *
 * @param cache where it keeps what the API server told it of its resources, as it does in a home directory
 */
record Kubectl(Path program, Path kubeconfig, Path cache) {

    /** @return when it had returned */
    Instant apply(String manifest) {
        try {
            Process process = new ProcessBuilder(
                            program.toString(),
                            "--kubeconfig=" + kubeconfig,
                            "--cache-dir=" + cache,
                            "apply",
                            "--filename=-")
                    .redirectErrorStream(true)
                    .start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(manifest.getBytes(StandardCharsets.UTF_8));
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            Instant returned = Instant.now();
            if (exit != 0) {
                throw new IllegalStateException("kubectl apply ended with " + exit + ": " + said);
            }
            return returned;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
