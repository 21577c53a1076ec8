package io.cacheoperator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresApiServer
class ApiServerIT {
    @Test
    void kubectlSpeaksToTheVersionThatIsPinned(ApiServer server) {
        String version = server.kubectl().run("version").expectSuccess();

        assertThat(version).contains("Server Version: v" + ApiServerBinaries.PINNED_VERSION);
    }

    @Test
    void eachNamespaceIsNew(ApiServer server) {
        String one = server.newNamespace("same");
        String other = server.newNamespace("same");

        assertThat(one).isNotEqualTo(other);
        assertThat(server.kubectl()
                        .run("get", "namespace", one, other, "-o", "name")
                        .expectSuccess())
                .contains("namespace/" + one, "namespace/" + other);
    }

    @Test
    void aFailedCommandAnswersItsExitCodeAndWords(ApiServer server) {
        Kubectl.Result result = server.kubectl().apply("apiVersion: v1\nkind: Nonsense\nmetadata: {name: x}\n");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.stderr()).contains("no matches for kind \"Nonsense\"");
        assertThatThrownBy(result::expectSuccess).hasMessageContaining("Nonsense");
    }

    @Test
    void theWrittenKubeconfigIsPrivate(ApiServer server, @TempDir Path directory) throws IOException {
        Path file = directory.resolve("kubeconfig");
        server.writeKubeconfig(file);
        server.writeKubeconfig(file);

        assertThat(file).hasContent(server.kubeconfig());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aServiceAccountMayDoWhatItsRoleSays(ApiServer server, @TempDir Path directory) throws IOException {
        String namespace = server.newNamespace("rbac");
        Kubectl admin = server.kubectl();
        admin.run("-n", namespace, "create", "serviceaccount", "reader").expectSuccess();
        admin.run("-n", namespace, "create", "role", "reader", "--verb=get,list", "--resource=configmaps")
                .expectSuccess();
        admin.run(
                        "-n",
                        namespace,
                        "create",
                        "rolebinding",
                        "reader",
                        "--role=reader",
                        "--serviceaccount=" + namespace + ":reader")
                .expectSuccess();
        Path kubeconfig = directory.resolve("kubeconfig");
        Files.writeString(kubeconfig, server.serviceAccountKubeconfig(namespace, "reader"));
        String[] as = {"--kubeconfig=" + kubeconfig, "-n", namespace, "get"};

        assertThat(admin.run(as[0], as[1], as[2], as[3], "configmaps").succeeded())
                .isTrue();
        assertThat(admin.run(as[0], as[1], as[2], as[3], "secrets").stderr()).contains("Forbidden");
    }

    @Test
    void aUserIsBoundByRbacAndKnownByToken() {
        TokenUser user = TokenUser.named("viewer@example.com", "team-a", "team-b");
        try (ApiServer server = ApiServer.start(ApiServer.Options.defaults().withUsers(user))) {
            assertThat(server.kubectl(user).run("auth", "whoami").expectSuccess())
                    .contains("viewer@example.com", "team-a", "team-b");
            assertThat(server.kubectl(user).run("get", "secrets").stderr()).contains("Forbidden");
        }
    }

    @Test
    void dataSurvivesWhileTheServerIsAway() {
        try (ApiServer server = ApiServer.start(ApiServer.Options.defaults())) {
            String url = server.url();
            String namespace = server.newNamespace("kept");

            server.stopServer();
            assertThatThrownBy(() -> connect(
                            InetAddress.getLoopbackAddress(), URI.create(url).getPort()))
                    .isInstanceOf(ConnectException.class);
            assertThat(server.kubectl().run("get", "namespace", namespace).stderr())
                    .contains("refused");

            server.startServer();
            assertThat(server.url()).isEqualTo(url);
            assertThat(server.kubectl().run("get", "namespace", namespace).succeeded())
                    .isTrue();
        }
    }

    @Test
    void listensOnLoopbackOnly(ApiServer server) throws IOException {
        int port = URI.create(server.url()).getPort();
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .filter(i -> i.getInetAddresses().hasMoreElements())
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();

        connect(InetAddress.getLoopbackAddress(), port);
        assertThat(others)
                .allSatisfy(address ->
                        assertThatThrownBy(() -> connect(address, port)).isInstanceOf(IOException.class));
    }

    @Test
    void aFlagThatTheServerRefusesIsNamed() {
        assertThatThrownBy(() -> ApiServer.start(ApiServer.Options.defaults().withFlags("--no-such-flag")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("unknown flag: --no-such-flag");
    }

    private static void connect(InetAddress address, int port) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2_000);
        }
    }
}
