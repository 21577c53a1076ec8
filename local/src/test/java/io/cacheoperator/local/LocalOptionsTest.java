package io.cacheoperator.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalOptionsTest {
    @TempDir
    private Path checkout;

    @BeforeEach
    void makeFolders() throws IOException {
        Files.createDirectories(checkout.resolve("crds"));
        Files.createDirectories(checkout.resolve("examples"));
    }

    @Test
    void worksWithoutOptions() {
        LocalOptions options = LocalOptions.parse(checkout, List.of());

        assertThat(options.kubeconfig()).isEqualTo(checkout.resolve("target/kubeconfig"));
        assertThat(options.port()).isEqualTo(4566);
        assertThat(options.exitWhenReady()).isFalse();
        assertThat(options.parent()).isEmpty();
    }

    @Test
    void takesOptions() {
        LocalOptions options = LocalOptions.parse(
                checkout, List.of("--port=0", "--timeout=5", "--exit-when-ready", "--target=out", "--parent=17"));

        assertThat(options.port()).isZero();
        assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.exitWhenReady()).isTrue();
        assertThat(options.kubeconfig()).isEqualTo(checkout.resolve("out/kubeconfig"));
        assertThat(options.parent()).hasValue(17);
    }

    @Test
    void refusesAnOptionThatItDoesNotKnow() {
        assertThatExceptionOfType(LocalFailure.class)
                .isThrownBy(() -> LocalOptions.parse(checkout, List.of("--wait")))
                .withMessage("There is no option --wait.")
                .satisfies(
                        failure -> assertThat(failure.details()).anyMatch(line -> line.contains("--exit-when-ready")));
    }

    @Test
    void refusesAPortThatIsNone() {
        assertThatExceptionOfType(LocalFailure.class)
                .isThrownBy(() -> LocalOptions.parse(checkout, List.of("--port=65536")))
                .withMessage("--port=65536 is no number that can be used there.");
        assertThatExceptionOfType(LocalFailure.class)
                .isThrownBy(() -> LocalOptions.parse(checkout, List.of("--port=aws")))
                .withMessage("--port=aws is no number that can be used there.");
    }

    @Test
    void saysWhereItMustBeStarted() throws IOException {
        Files.delete(checkout.resolve("crds"));

        assertThatExceptionOfType(LocalFailure.class)
                .isThrownBy(() -> LocalOptions.parse(checkout, List.of()))
                .withMessageContaining("is no checkout of elasticache-operator");
    }
}
