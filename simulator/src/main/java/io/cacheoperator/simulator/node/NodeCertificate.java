package io.cacheoperator.simulator.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/**
 * The certificate of all nodes: self-signed, made at start by the JDK's keytool, for 127.0.0.1 and localhost.
 *
 * @param sockets makes server-side TLS sockets
 * @param file    the certificate as PEM, for clients to trust
 */
record NodeCertificate(SSLSocketFactory sockets, Path file) {
    private static final String ALIAS = "node";
    private static final int LINE = 64;
    private static final long PATIENCE_SECONDS = 60;

    /** Makes the certificate, with its files in a directory that is ours alone. */
    static NodeCertificate create(Path directory) {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        Path store = directory.resolve("node.p12");
        try {
            keytool(store, password);
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream stream = Files.newInputStream(store)) {
                keys.load(stream, password.toCharArray());
            }
            Files.delete(store);
            Path pem = directory.resolve("ca.pem");
            Files.writeString(pem, pem(keys.getCertificate(ALIAS).getEncoded()));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, password.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return new NodeCertificate(context.getSocketFactory(), pem);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the nodes' certificate", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot make the nodes' certificate", e);
        }
    }

    private static void keytool(Path store, String password) throws IOException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                tool.toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=simulated ElastiCache node",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-ext",
                "bc:c=ca:true",
                "-validity",
                "3650",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:env",
                "NODE_STORE_PASSWORD"));
        builder.environment().put("NODE_STORE_PASSWORD", password);
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("keytool failed");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool ran", e);
        }
    }

    private static String pem(byte[] encoded) {
        String body = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(encoded);
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }
}
