package io.cacheoperator.chart;

import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the real Argo CD. Without one they are skipped, and a line says how to get it; with the system property
 * {@code apiserver.required=true} (CI) they fail instead.
 */
final class ArgoCdExtension implements BeforeAllCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ArgoCdExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        var store = context.getRoot().getStore(NAMESPACE);
        if (store.get(ArgoCd.class) != null) {
            return;
        }
        Optional<ArgoCd> found = ArgoCd.locate();
        if (found.isPresent()) {
            store.put(ArgoCd.class, found.get());
        } else if (Boolean.getBoolean("apiserver.required")) {
            throw new IllegalStateException(ArgoCd.HOW_TO_GET);
        } else {
            System.err.println(ArgoCd.HOW_TO_GET + ". Tests that need it are SKIPPED.");
            Assumptions.abort(ArgoCd.HOW_TO_GET);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ArgoCd.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).get(ArgoCd.class, ArgoCd.class);
    }
}
