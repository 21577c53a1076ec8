package io.cacheoperator.chart;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the real Helm. Without one they are skipped, and a line says how to get it; with the system property
 * {@code apiserver.required=true} (CI) they fail instead.
 */
final class HelmExtension implements BeforeAllCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(HelmExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        var store = context.getRoot().getStore(NAMESPACE);
        if (store.get(Helm.class) != null) {
            return;
        }
        var helm = Helm.locate();
        if (helm.isPresent()) {
            store.put(Helm.class, helm.get());
        } else if (Boolean.getBoolean("apiserver.required")) {
            throw new IllegalStateException(Helm.HOW_TO_GET);
        } else {
            System.err.println(Helm.HOW_TO_GET + ". Tests that need it are SKIPPED.");
            Assumptions.abort(Helm.HOW_TO_GET);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Helm.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return helm(context);
    }

    static Helm helm(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).get(Helm.class, Helm.class);
    }
}
