package io.cacheoperator.it;

import io.cacheoperator.apiserver.ApiServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every write that a client sends to the API server. */
final class ApiWrites implements Interceptor {

    static final ApiWrites IGNORED = new ApiWrites();

    private final List<String> writes = new CopyOnWriteArrayList<>();

    /** A client of the administrator whose writes are recorded here. */
    static KubernetesClient client(ApiServer server, ApiWrites writes) {
        Config config = new ConfigBuilder(Config.fromKubeconfig(server.kubeconfig()))
                .withRequestRetryBackoffLimit(1)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("writes", writes))
                .build();
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (!request.method().equals("GET")) {
            writes.add(request.method() + " " + request.uri().getPath());
        }
    }

    /** All but Events and leases, oldest first: method and path. */
    List<String> ofResources() {
        return writes.stream()
                .filter(write -> !write.contains("/events") && !write.contains("/leases"))
                .toList();
    }

    void clear() {
        writes.clear();
    }

    @Override
    public String toString() {
        return String.join("\n", writes);
    }
}
