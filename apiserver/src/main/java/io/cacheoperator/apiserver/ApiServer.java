package io.cacheoperator.apiserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real kube-apiserver with its etcd, on 127.0.0.1 and free ports, in a directory of its own. Both processes, their ports and
 * their files are gone after {@link #close()} and when this JVM ends, however it ends.
 *
 * <p>There are no controllers: nothing collects garbage, namespaces never finish deleting, pods never start. The RBAC authorizer
 * is on; service accounts get tokens by {@link #serviceAccountKubeconfig}.
 */
public final class ApiServer implements AutoCloseable {
    private static final FutureTask<ApiServer> SHARED =
            new FutureTask<>(() -> start(Options.defaults().withFlags(moreFlags())));
    private static final Pattern TOKEN = Pattern.compile("\"token\"\\s*:\\s*\"([^\"]+)\"");

    private final ScratchDirectory scratch;
    private final RunningPlane plane;

    /**
     * How a server is started.
     *
     * @param users known by token, besides the administrator that every server has
     * @param flags more flags of kube-apiserver; they win over our own
     * @param startupTimeout how long the server may take until it is ready
     */
    public record Options(List<TokenUser> users, List<String> flags, Duration startupTimeout) {
        public Options {
            users = List.copyOf(users);
            flags = List.copyOf(flags);
        }

        /** No further users or flags; one minute to start. */
        public static Options defaults() {
            return new Options(List.of(), List.of(), Duration.ofMinutes(1));
        }

        public Options withUsers(TokenUser... others) {
            return new Options(List.of(others), flags, startupTimeout);
        }

        public Options withFlags(String... others) {
            return new Options(users, List.of(others), startupTimeout);
        }

        /**
         * With MutatingAdmissionPolicy: a server of 1.36 has it anyhow, one of 1.34 or 1.35 has it as v1beta1 when it is told to (KEP-3962).
         */
        public Options withMutatingAdmissionPolicy() {
            return withFlags(Stream.concat(
                            flags.stream(),
                            Stream.of(
                                    "--feature-gates=MutatingAdmissionPolicy=true",
                                    "--runtime-config=admissionregistration.k8s.io/v1beta1=true"))
                    .toArray(String[]::new));
        }
    }

    private ApiServer(ScratchDirectory scratch, RunningPlane plane) {
        this.scratch = scratch;
        this.plane = plane;
    }

    /**
     * Starts a server and waits until it is ready.
     *
     * @throws MissingBinariesException where this machine has no kube-apiserver
     * @throws IllegalStateException where it does not become ready; the message ends with its log
     */
    public static ApiServer start(Options options) {
        return start(ApiServerBinaries.locate().orElseThrow(MissingBinariesException::new), options);
    }

    /** Starts a server from these programs and waits until it is ready. */
    public static ApiServer start(ApiServerBinaries binaries, Options options) {
        try {
            ScratchDirectory scratch = ScratchDirectory.create();
            try {
                var server = new ApiServer(scratch, RunningPlane.start(binaries, scratch.path(), options));
                server.writeKubeconfig(server.kubectlKubeconfig());
                return server;
            } catch (IOException | RuntimeException | InterruptedException e) {
                scratch.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * The server that all tests of this JVM share, started at the first call; it ends with the JVM. Separate by namespace. More flags
     * of kube-apiserver, such as those for an audit log: system property {@code apiserver.flags}, with blanks between.
     */
    public static ApiServer shared() {
        SHARED.run();
        try {
            return SHARED.get();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    /** Where the server listens: {@code https://127.0.0.1:<port>}, the same after {@link #startServer()}. */
    public String url() {
        return plane.url();
    }

    /** A kubeconfig of the administrator, a member of {@code system:masters}. */
    public String kubeconfig() {
        return kubeconfig(plane.admin());
    }

    /** A kubeconfig of a user whom {@link Options#users()} names. */
    public String kubeconfig(TokenUser user) {
        return Kubeconfig.render(url(), plane.certificates(), user.name(), user.token());
    }

    /**
     * A kubeconfig of a service account that exists, with a token for a day: what a pod of that account may do, its holder may.
     *
     * @throws IllegalStateException where the server refuses, with its words
     */
    public String serviceAccountKubeconfig(String namespace, String name) {
        String answer = create("/api/v1/namespaces/%s/serviceaccounts/%s/token".formatted(namespace, name), """
                {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {"expirationSeconds": 86400}}""");
        Matcher token = TOKEN.matcher(answer);
        if (!token.find()) {
            throw new IllegalStateException("the answer to a token request holds no token");
        }
        return Kubeconfig.render(
                url(), plane.certificates(), "system:serviceaccount:%s:%s".formatted(namespace, name), token.group(1));
    }

    /** Writes {@link #kubeconfig()} to a file that only this user can read. */
    public void writeKubeconfig(Path file) {
        try {
            ControlPlane.writeSecret(file, kubeconfig());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes a namespace that no other test has.
     *
     * @param prefix lower case letters, digits and dashes, at most 50
     * @return its name
     */
    public String newNamespace(String prefix) {
        String name = prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
        create("/api/v1/namespaces", """
                {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "%s"}}""".formatted(name));
        return name;
    }

    /** kubectl as the administrator. */
    public Kubectl kubectl() {
        return new Kubectl(plane.binaries().kubectl(), kubectlKubeconfig(), scratch.path());
    }

    /** kubectl as a user whom {@link Options#users()} names. */
    public Kubectl kubectl(TokenUser user) {
        Path file = scratch.path().resolve("kubeconfig-" + UUID.randomUUID());
        try {
            ControlPlane.writeSecret(file, kubeconfig(user));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Kubectl(plane.binaries().kubectl(), file, scratch.path());
    }

    /** Kills kube-apiserver; etcd keeps its data. No more where it is stopped already. */
    public void stopServer() {
        plane.stopServer();
    }

    /** Starts kube-apiserver again at the same address and waits until it is ready. No more where it runs. */
    public void startServer() {
        try {
            plane.startServer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** The last lines of both logs. */
    public String logTail() {
        return plane.logTail();
    }

    @Override
    public void close() {
        try (scratch) {
            plane.close();
        }
    }

    private static String[] moreFlags() {
        String flags = System.getProperty("apiserver.flags", "").strip();
        return flags.isEmpty() ? new String[0] : flags.split("\\s+");
    }

    private Path kubectlKubeconfig() {
        return scratch.path().resolve("kubeconfig");
    }

    private String create(String path, String json) {
        try (AdminClient client = plane.client()) {
            return client.create(path, json);
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while the API server works", e);
    }
}
