package io.cacheoperator.apiserver;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The few requests that the harness itself sends, so that it depends on no Kubernetes client. */
final class AdminClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final String url;
    private final String token;
    private final HttpClient http;

    AdminClient(String url, byte[] certificates, String token) {
        this.url = url;
        this.token = token;
        this.http = HttpClient.newBuilder()
                .sslContext(trusting(certificates))
                .connectTimeout(TIMEOUT)
                .build();
    }

    /** Whether every part of the server says that it is ready; false while it does not listen. */
    boolean isReady() throws InterruptedException {
        try {
            return send(request("/readyz").GET().build()).statusCode() == 200;
        } catch (IOException notListening) {
            return false;
        }
    }

    /** Sends a JSON object with POST and answers the body, or fails with the server's words. */
    String create(String path, String json) throws IOException, InterruptedException {
        var response = send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
        if (response.statusCode() != 201) {
            throw new IOException("POST %s: %d %s".formatted(path, response.statusCode(), response.body()));
        }
        return response.body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static SSLContext trusting(byte[] certificates) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(certificates))) {
                trusted.setCertificateEntry("certificate-" + number++, certificate);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the API server's certificate cannot be read", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
