package io.cacheoperator.app;

import io.cacheoperator.core.Kind;
import io.cacheoperator.core.KindReconciler;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.api.config.ResolvedControllerConfiguration;

/** JOSDK's starting point for a kind. Made by hand, because JOSDK reads the resource's class off a reconciler's type argument. */
final class KindConfiguration<P extends HasMetadata> extends ResolvedControllerConfiguration<P> {

    KindConfiguration(Kind<P, ?, ?> kind, ConfigurationService service) {
        super(kind.type(), kind.name(), KindReconciler.class, service);
    }
}
