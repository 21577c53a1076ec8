package io.cacheoperator.probe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates the probes believe: those that the JVM trusts, which sign ElastiCache's, and those of a file. */
public final class ProbeTrust {

    private ProbeTrust() {}

    /**
     * @param caFile certificates as PEM, trusted too
     * @throws IllegalArgumentException if the file cannot be read as such; the message names it
     */
    public static SSLSocketFactory sockets(Optional<Path> caFile) {
        try {
            KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            int count = 0;
            for (X509Certificate certificate : trusted(null)) {
                anchors.setCertificateEntry("jvm-" + count++, certificate);
            }
            if (caFile.isPresent()) {
                for (Certificate certificate : certificates(caFile.get())) {
                    anchors.setCertificateEntry("file-" + count++, certificate);
                }
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(anchors), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException failed) {
            throw new IllegalArgumentException(
                    "cannot trust the certificates of "
                            + caFile.map(Path::toString).orElse("the JVM") + ": " + failed.getMessage(),
                    failed);
        }
    }

    private static Iterable<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }

    private static X509Certificate[] trusted(@Nullable KeyStore store) throws GeneralSecurityException {
        for (TrustManager manager : managers(store)) {
            if (manager instanceof X509TrustManager x509) {
                return x509.getAcceptedIssuers();
            }
        }
        return new X509Certificate[0];
    }

    /** @param store null: the JVM's own */
    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
