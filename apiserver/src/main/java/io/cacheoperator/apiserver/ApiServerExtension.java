package io.cacheoperator.apiserver;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests {@link ApiServer#shared()} as a parameter. Where this machine has no kube-apiserver the tests are skipped and one
 * loud line says how to get it; with the system property {@code apiserver.required=true} they fail instead.
 */
public final class ApiServerExtension implements BeforeAllCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ApiServerExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        if (ApiServerBinaries.locate().isPresent()) {
            return;
        }
        if (Boolean.getBoolean("apiserver.required")) {
            throw new MissingBinariesException();
        }
        boolean first = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(AtomicBoolean.class, key -> new AtomicBoolean(true), AtomicBoolean.class)
                .getAndSet(false);
        if (first) {
            System.err.println(ApiServerBinaries.HOW_TO_GET + ". Tests that need it are SKIPPED.");
        }
        Assumptions.abort(ApiServerBinaries.HOW_TO_GET);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ApiServer.class;
    }

    @Override
    public ApiServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return ApiServer.shared();
    }
}
