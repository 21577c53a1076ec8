package io.cacheoperator.app;

import io.cacheoperator.kinds.cachecluster.CacheClusterKind;
import io.cacheoperator.probe.ProbeListener;
import io.cacheoperator.probe.ProbeTrust;
import io.cacheoperator.probe.Prober;
import io.cacheoperator.probe.Reachabilities;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** The probes as they are configured: on or off. */
final class Probing implements AutoCloseable {

    private final Optional<Prober> prober;

    /** @throws ConfigException if the file of certificates cannot be used */
    Probing(OperatorConfig.Probe config, InstantSource clock, ProbeListener meters) {
        prober = config.enabled()
                ? Optional.of(Prober.connecting(
                        config.interval(),
                        trust(config.caFile()),
                        clock,
                        () -> ThreadLocalRandom.current().nextDouble(),
                        meters))
                : Optional.empty();
    }

    /** A file that was asked for is read now, so that a mistake shows; what the JVM trusts, when it is needed. */
    private static Supplier<SSLSocketFactory> trust(Optional<Path> caFile) {
        if (caFile.isEmpty()) {
            return new Once();
        }
        try {
            SSLSocketFactory sockets = ProbeTrust.sockets(caFile);
            return () -> sockets;
        } catch (IllegalArgumentException unusable) {
            throw new ConfigException("probe.caFile: " + unusable.getMessage());
        }
    }

    private static final class Once implements Supplier<SSLSocketFactory> {

        private @Nullable SSLSocketFactory made;

        @Override
        public synchronized SSLSocketFactory get() {
            SSLSocketFactory sockets = made;
            if (sockets == null) {
                sockets = ProbeTrust.sockets(Optional.empty());
                made = sockets;
            }
            return sockets;
        }
    }

    Reachabilities results() {
        return prober.<Reachabilities>map(p -> p).orElse(Reachabilities.OFF);
    }

    /** Begins to ask (the leader only). */
    void start(CacheClusterKind clusters) {
        prober.ifPresent(p -> {
            p.onChange(clusters::probed);
            p.start(clusters);
        });
    }

    @Override
    public void close() {
        prober.ifPresent(Prober::close);
    }
}
