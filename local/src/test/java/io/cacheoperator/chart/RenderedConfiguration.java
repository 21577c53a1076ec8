package io.cacheoperator.chart;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests of the operator's own package the configuration files that the chart writes; needs Helm as {@link HelmExtension} does. */
public final class RenderedConfiguration implements BeforeAllCallback, ParameterResolver {
    private final HelmExtension helm = new HelmExtension();
    private ExtensionContext context;

    /** The names of the ways to install the chart. */
    public static Stream<String> variants() {
        return Stream.of(Variant.values()).map(Variant::name);
    }

    /** What the operator would find in its pod, as YAML. */
    public String of(String variant) {
        return HelmExtension.helm(context)
                .render(Variant.valueOf(variant).yaml())
                .config()
                .toString();
    }

    @Override
    public void beforeAll(ExtensionContext started) {
        context = started;
        helm.beforeAll(started);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext started) {
        return parameter.getParameter().getType() == RenderedConfiguration.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext started) {
        return this;
    }
}
