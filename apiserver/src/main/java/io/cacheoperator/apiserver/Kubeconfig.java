package io.cacheoperator.apiserver;

import java.util.Base64;

/** Renders a kubeconfig with one cluster and one user. */
final class Kubeconfig {
    private Kubeconfig() {}

    static String render(String url, byte[] certificateAuthority, String user, String token) {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: local
                  cluster:
                    server: %s
                    certificate-authority-data: %s
                users:
                - name: "%s"
                  user:
                    token: %s
                contexts:
                - name: local
                  context:
                    cluster: local
                    user: "%s"
                current-context: local
                """.formatted(url, Base64.getEncoder().encodeToString(certificateAuthority), user, token, user);
    }
}
