package io.cacheoperator.chart;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** All that Argo CD ever says of its Applications, by a watch: what is true only for a moment is seen too. */
final class ApplicationHistory implements AutoCloseable {

    /**
     * What one version of an Application says.
     *
     * @param reconciledAt when Argo CD last compared Git and cluster
     */
    record Seen(Instant at, String application, String sync, String health, String reconciledAt) {
        private static Seen of(GenericKubernetesResource application) {
            return new Seen(
                    Instant.now(),
                    application.getMetadata().getName(),
                    text(application, "sync", "status"),
                    text(application, "health", "status"),
                    text(application, "reconciledAt"));
        }

        private static String text(GenericKubernetesResource application, Object... path) {
            Object[] inStatus = new Object[path.length + 1];
            inStatus[0] = "status";
            System.arraycopy(path, 0, inStatus, 1, path.length);
            return Objects.toString(application.get(inStatus), "");
        }
    }

    private final List<Seen> all = new CopyOnWriteArrayList<>();
    private final List<String> losses = new CopyOnWriteArrayList<>();
    private final Watch watch;

    private ApplicationHistory(KubernetesClient client) {
        watch = client.genericKubernetesResources("argoproj.io/v1alpha1", "Application")
                .inNamespace(RunningArgoCd.NAMESPACE)
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, GenericKubernetesResource application) {
                        if (action == Action.ADDED || action == Action.MODIFIED) {
                            all.add(Seen.of(application));
                        }
                    }

                    @Override
                    public void onClose(WatcherException lost) {
                        losses.add(String.valueOf(lost.getMessage()));
                    }
                });
    }

    static ApplicationHistory of(KubernetesClient client) {
        return new ApplicationHistory(client);
    }

    /** What was said of an Application from then on, oldest first. */
    List<Seen> of(String application, Instant from) {
        if (!losses.isEmpty()) {
            throw new IllegalStateException("the watch was lost: " + losses);
        }
        return all.stream()
                .filter(seen ->
                        seen.application().equals(application) && !seen.at().isBefore(from))
                .toList();
    }

    @Override
    public void close() {
        watch.close();
    }
}
