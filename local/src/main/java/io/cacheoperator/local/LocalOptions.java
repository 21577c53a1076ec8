package io.cacheoperator.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What {@code make local} is told.
 *
 * @param root the checkout, which holds {@code crds/} and {@code examples/}
 * @param target where kubeconfig, certificate and log are written while it runs
 * @param port of the simulated AWS; 0 for any free one
 * @param timeout how long the examples may take until they are Ready
 * @param exitWhenReady end once every example is Ready and was connected to
 * @param parent the process that this one must not outlive, if one is named
 */
record LocalOptions(Path root, Path target, int port, Duration timeout, boolean exitWhenReady, OptionalLong parent) {
    static final String USAGE = """
            Runs a real kube-apiserver, a simulated AWS, the operator and all examples, until Ctrl-C. Options:
              --port=4566          port of the simulated AWS on 127.0.0.1; 0 for any free one
              --timeout=180        seconds that the examples may take until all are Ready
              --exit-when-ready    end with code 0 once every example is Ready and its Secret connects
              --root=.             the checkout, with crds/ and examples/
              --target=./target    where kubeconfig, certificate and log are while it runs
              --parent=<pid>       end when this process, which must be the parent, ends
            """;

    private static final int DEFAULT_PORT = 4566;
    private static final int HIGHEST_PORT = 65_535;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(3);
    private static final Set<String> NAMES = Set.of("root", "target", "port", "timeout", "exit-when-ready", "parent");

    /**
     * Reads the command line.
     *
     * @param here the folder that it is started in
     * @throws LocalFailure where an option is unknown or has no sense
     */
    static LocalOptions parse(Path here, List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            String name = parts[0].startsWith("--") ? parts[0].substring(2) : "";
            if (!NAMES.contains(name)) {
                throw new LocalFailure(
                        "There is no option " + argument + ".", USAGE.lines().toList());
            }
            given.put(name, parts.length == 2 ? parts[1] : "");
        }
        Path root =
                here.resolve(Optional.ofNullable(given.get("root")).orElse("")).normalize();
        if (!Files.isDirectory(root.resolve("crds")) || !Files.isDirectory(root.resolve("examples"))) {
            throw new LocalFailure(
                    "%s is no checkout of elasticache-operator: it has no crds/ and examples/; start in the checkout or name it by --root."
                            .formatted(root));
        }
        return new LocalOptions(
                root,
                Optional.ofNullable(given.get("target")).map(here::resolve).orElseGet(() -> root.resolve("target")),
                (int) number(given, "port", 0, HIGHEST_PORT).orElse(DEFAULT_PORT),
                Duration.ofSeconds(number(given, "timeout", 1, 86_400).orElse(DEFAULT_TIMEOUT.toSeconds())),
                given.containsKey("exit-when-ready"),
                number(given, "parent", 1, Long.MAX_VALUE));
    }

    Path crds() {
        return root.resolve("crds");
    }

    Path examples() {
        return root.resolve("examples");
    }

    Path kubeconfig() {
        return target.resolve("kubeconfig");
    }

    /** What signed the certificates of the nodes that speak TLS. */
    Path certificateAuthority() {
        return target.resolve("local-ca.crt");
    }

    Path log() {
        return target.resolve("local.log");
    }

    private static OptionalLong number(Map<String, String> given, String name, long lowest, long highest) {
        String text = given.get(name);
        if (text == null) {
            return OptionalLong.empty();
        }
        try {
            long value = Long.parseLong(text);
            if (value >= lowest && value <= highest) {
                return OptionalLong.of(value);
            }
        } catch (NumberFormatException noNumber) {
            throw badNumber(name, text, noNumber);
        }
        throw badNumber(name, text, new IllegalArgumentException(lowest + " to " + highest));
    }

    private static LocalFailure badNumber(String name, String text, Exception cause) {
        return new LocalFailure("--%s=%s is no number that can be used there.".formatted(name, text), cause);
    }
}
