package io.cacheoperator.apiserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files and command lines of one etcd and one kube-apiserver in a directory. */
record ControlPlane(ApiServerBinaries binaries, Path directory, int etcdPort, int etcdPeerPort, int apiServerPort) {
    private static final String LOOPBACK = "127.0.0.1";

    String url() {
        return "https://%s:%d".formatted(LOOPBACK, apiServerPort);
    }

    /** The server's certificate and the one that signed it, both made by the server at its first start. */
    Path certificates() {
        return directory.resolve("apiserver.crt");
    }

    /** Written after {@link #certificates()}: once it is there, both are whole. */
    Path privateKey() {
        return directory.resolve("apiserver.key");
    }

    Path etcdLog() {
        return directory.resolve("etcd.log");
    }

    Path apiServerLog() {
        return directory.resolve("kube-apiserver.log");
    }

    /** Writes what the server reads at its start. */
    void prepare(List<TokenUser> users) throws IOException {
        writeSecret(tokenFile(), users.stream().map(TokenUser::tokenFileLine).collect(Collectors.joining()));
        KeyPair serviceAccountKeys = newServiceAccountKeys();
        writeSecret(serviceAccountKey(), pem("PRIVATE", serviceAccountKeys.getPrivate()));
        Files.writeString(serviceAccountPublicKey(), pem("PUBLIC", serviceAccountKeys.getPublic()));
    }

    // No fsync: the data lives as long as the process that asked for it.
    List<String> etcdCommand() {
        String client = "http://%s:%d".formatted(LOOPBACK, etcdPort);
        String peer = "http://%s:%d".formatted(LOOPBACK, etcdPeerPort);
        return List.of(
                binaries.etcd().toString(),
                "--data-dir=" + directory.resolve("etcd"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer,
                "--unsafe-no-fsync",
                "--log-level=error");
    }

    List<String> apiServerCommand(List<String> moreFlags) {
        var fixed = Stream.of(
                binaries.kubeApiServer().toString(),
                "--etcd-servers=http://%s:%d".formatted(LOOPBACK, etcdPort),
                "--bind-address=" + LOOPBACK,
                "--advertise-address=" + LOOPBACK,
                "--secure-port=" + apiServerPort,
                "--cert-dir=" + directory,
                "--endpoint-reconciler-type=none",
                "--service-cluster-ip-range=10.0.0.0/24",
                "--token-auth-file=" + tokenFile(),
                "--anonymous-auth=false",
                "--authorization-mode=RBAC",
                "--disable-admission-plugins=ServiceAccount",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + serviceAccountPublicKey(),
                "--service-account-signing-key-file=" + serviceAccountKey(),
                "--profiling=false",
                "--v=0");
        return Stream.concat(fixed, moreFlags.stream()).toList();
    }

    private Path tokenFile() {
        return directory.resolve("tokens.csv");
    }

    private Path serviceAccountKey() {
        return directory.resolve("service-account.key");
    }

    private Path serviceAccountPublicKey() {
        return directory.resolve("service-account.pub");
    }

    private static KeyPair newServiceAccountKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK makes no P-256 keys", e);
        }
    }

    private static String pem(String type, Key key) {
        return "-----BEGIN %s KEY-----%n%s%n-----END %s KEY-----%n"
                .formatted(type, Base64.getMimeEncoder().encodeToString(key.getEncoded()), type);
    }

    /** Writes a file that only its owner can read; replaces one that is there. */
    static void writeSecret(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);
    }

    /** The last lines of both logs, for the message of a failed start. */
    String logTail() {
        var lines = new ArrayList<String>();
        for (Path log : List.of(etcdLog(), apiServerLog())) {
            try (Stream<String> all = Files.exists(log) ? Files.lines(log) : Stream.of()) {
                var list = all.toList();
                lines.add(log.getFileName() + ":");
                lines.addAll(list.subList(Math.max(0, list.size() - 15), list.size()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return String.join("\n", lines);
    }
}
