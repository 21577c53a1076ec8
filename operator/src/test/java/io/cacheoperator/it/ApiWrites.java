package io.cacheoperator.it;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.k8s.LeanSerialization;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every write that a client sends to the API server; where a trap says so, its client is cut off there. */
final class ApiWrites {

    /** Decides where a client dies. Asked of every write, Events and leases too. */
    interface Trap {

        /** Asked before the write is sent. */
        boolean cutsBefore(String write);

        /** Asked when the server has carried the write out, before anybody hears of it. */
        boolean cutsAfter(String write);
    }

    private static final Trap NONE = new Trap() {
        @Override
        public boolean cutsBefore(String write) {
            return false;
        }

        @Override
        public boolean cutsAfter(String write) {
            return false;
        }
    };

    static final ApiWrites IGNORED = new ApiWrites();

    private final List<String> writes = new CopyOnWriteArrayList<>();
    private volatile Trap trap = NONE;

    /** A client of the administrator whose writes are recorded here. */
    static KubernetesClient client(ApiServer server, ApiWrites writes) {
        return client(server.kubeconfig(), writes);
    }

    /** A client of whom the kubeconfig names, whose writes are recorded here. */
    static KubernetesClient client(String kubeconfig, ApiWrites writes) {
        return builder(kubeconfig, writes).build();
    }

    /** The same, that reads as the operator does. */
    static KubernetesClient operatorClient(String kubeconfig, ApiWrites writes) {
        return builder(kubeconfig, writes)
                .withKubernetesSerialization(new LeanSerialization())
                .build();
    }

    private static KubernetesClientBuilder builder(String kubeconfig, ApiWrites writes) {
        Config config = new ConfigBuilder(Config.fromKubeconfig(kubeconfig))
                .withRequestRetryBackoffLimit(1)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("writes", writes.new Tap()));
    }

    /** From now on; of all clients. */
    void trap(Trap other) {
        trap = other;
    }

    /** One client's way to the server. */
    private final class Tap implements Interceptor {

        private volatile boolean cut;

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            refuseOnceCut();
            if (!request.method().equals("GET")) {
                writes.add(write(request));
                cut |= trap.cutsBefore(write(request));
                refuseOnceCut();
            }
        }

        @Override
        public void after(
                HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
            if (!request.method().equals("GET") && response.isSuccessful()) {
                cut |= trap.cutsAfter(write(request));
            }
            refuseOnceCut();
        }

        private void refuseOnceCut() {
            if (cut) {
                throw new IllegalStateException("this client was cut off");
            }
        }
    }

    private static String write(HttpRequest request) {
        return request.method() + " " + request.uri().getPath();
    }

    /** All but Events and leases, oldest first: method and path. */
    List<String> ofResources() {
        return writes.stream()
                .filter(write -> !write.contains("/events") && !write.contains("/leases"))
                .toList();
    }

    /** All, Events and leases too, oldest first: method and path. */
    List<String> all() {
        return List.copyOf(writes);
    }

    void clear() {
        writes.clear();
    }

    @Override
    public String toString() {
        return String.join("\n", writes);
    }
}
