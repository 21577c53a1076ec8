package io.cacheoperator.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.Status;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is not among the watched Secrets is not there; but only once they were listed. */
class SecretIndexTest {

    @Test
    void knowsNothingBeforeTheFirstList() {
        assertThat(SecretIndex.isListed(Map.of(Constants.WATCH_ALL_NAMESPACES, new Informer(false)), "shop"))
                .isFalse();
        assertThat(SecretIndex.isListed(Map.of(Constants.WATCH_ALL_NAMESPACES, new Informer(true)), "shop"))
                .isTrue();
    }

    @Test
    void aNamespaceThatMayNotBeListedKeepsNoOtherWaiting() {
        Map<String, InformerHealthIndicator> informers = Map.of("shop", new Informer(true), "pay", new Informer(false));

        assertThat(SecretIndex.isListed(informers, "shop")).isTrue();
        assertThat(SecretIndex.isListed(informers, "pay")).isFalse();
        assertThat(SecretIndex.isListed(informers, "other")).isFalse();
    }

    private record Informer(boolean hasSynced) implements InformerHealthIndicator {

        @Override
        public boolean isWatching() {
            return true;
        }

        @Override
        public boolean isRunning() {
            return true;
        }

        @Override
        public Status getStatus() {
            return Status.HEALTHY;
        }

        @Override
        public String getTargetNamespace() {
            return "";
        }
    }
}
