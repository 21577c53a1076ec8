package io.cacheoperator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.chart.RenderedConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The operator starts with what the chart writes: no key that it does not know, no value that it refuses. */
@ExtendWith(RenderedConfiguration.class)
class ChartConfigurationIT {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("io.cacheoperator.chart.RenderedConfiguration#variants")
    void operatorReadsEveryVariant(String variant, RenderedConfiguration rendered) throws Exception {
        assertThat(read(rendered.of(variant)).http().port()).isPositive();
    }

    @Test
    void valuesArriveInTheOperator(RenderedConfiguration rendered) throws Exception {
        OperatorConfig config = read(rendered.of("ALL_ON"));

        assertThat(config.clusterName()).contains("blue");
        assertThat(config.region()).contains("eu-west-1");
        assertThat(config.reconcileThreads()).isEqualTo(4);
        assertThat(config.http().port()).isEqualTo(9090);
        assertThat(config.poll().interval()).hasSeconds(90);
        assertThat(config.leaderElection().enabled()).isTrue();
        assertThat(config.leaderElection().leaseNamespace()).contains("ops");
        assertThat(config.logging().format()).isEqualTo(OperatorConfig.Logging.Format.TEXT);
        assertThat(config.defaults().allowFrom()).hasSize(3);
        assertThat(config.allowList().permitsTakeOver("shop", "green/shop/sessions"))
                .isTrue();
        assertThat(config.allowList().permitsTakeOver("pay", "green/shop/sessions"))
                .isFalse();
    }

    @Test
    void listedNamespacesArriveInTheOperator(RenderedConfiguration rendered) throws Exception {
        assertThat(read(rendered.of("LISTED_NAMESPACES")).watchNamespaces()).containsExactly("shop", "pay");
        assertThat(read(rendered.of("DEFAULT")).watchNamespaces()).isEmpty();
    }

    @Test
    void chartAndOperatorAgreeOnDefaults(RenderedConfiguration rendered) throws Exception {
        OperatorConfig chart = read(rendered.of("DEFAULT"));

        assertThat(chart.reconcileThreads()).isEqualTo(OperatorConfig.DEFAULT.reconcileThreads());
        assertThat(chart.poll()).isEqualTo(OperatorConfig.DEFAULT.poll());
        assertThat(chart.probe()).isEqualTo(OperatorConfig.DEFAULT.probe());
        assertThat(chart.http()).isEqualTo(OperatorConfig.DEFAULT.http());
    }

    private OperatorConfig read(String yaml) throws Exception {
        Path file = Files.writeString(directory.resolve("config.yaml"), yaml);
        return new ConfigReader(Map.of(ConfigReader.FILE, file.toString())).read();
    }
}
