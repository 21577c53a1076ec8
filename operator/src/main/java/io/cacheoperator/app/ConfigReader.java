package io.cacheoperator.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.cacheoperator.app.OperatorConfig.Allow;
import io.cacheoperator.app.OperatorConfig.Defaults;
import io.cacheoperator.app.OperatorConfig.Http;
import io.cacheoperator.app.OperatorConfig.LeaderElection;
import io.cacheoperator.app.OperatorConfig.Logging;
import io.cacheoperator.app.OperatorConfig.Poll;
import io.cacheoperator.app.OperatorConfig.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the configuration; unknown keys and bad values are refused with a sentence that names the key. */
final class ConfigReader {

    static final String FILE = "CACHE_OPERATOR_CONFIG";
    private static final String PREFIX = "CACHE_OPERATOR_";
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(ms|s|m|h)");
    private static final Set<String> LEVELS = Set.of("trace", "debug", "info", "warn", "error");
    private static final JsonMapper YAML = JsonMapper.builder(new YAMLFactory())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Map<String, String> environment;

    ConfigReader(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The file as it is written; everything may be left out. */
    private record File(
            @Nullable String clusterName,
            @Nullable String region,
            @Nullable List<String> watchNamespaces,
            @Nullable Defaults defaults,
            @Nullable List<Allow> allow,
            @Nullable FileElection leaderElection,
            @Nullable FilePoll poll,
            @Nullable FileProbe probe,
            @Nullable FileHttp http,
            @Nullable FileLogging logging,
            @Nullable Integer reconcileThreads) {

        static final File EMPTY = new File(null, null, null, null, null, null, null, null, null, null, null);
    }

    private record FileElection(
            @Nullable Boolean enabled,
            @Nullable String leaseName,
            @Nullable String leaseNamespace) {}

    private record FilePoll(@Nullable String interval) {}

    private record FileProbe(
            @Nullable Boolean enabled,
            @Nullable String interval,
            @Nullable String caFile) {}

    private record FileHttp(@Nullable Integer port) {}

    private record FileLogging(
            Logging.@Nullable Format format, @Nullable String level) {}

    /** @throws ConfigException if it cannot be started with */
    OperatorConfig read() {
        String path = environment.get(FILE);
        return resolve(path == null || path.isBlank() ? File.EMPTY : parse(Path.of(path)));
    }

    private static File parse(Path path) {
        try {
            String text = Files.readString(path);
            File file = text.isBlank() ? File.EMPTY : YAML.readValue(text, File.class);
            return file == null ? File.EMPTY : file;
        } catch (UnrecognizedPropertyException unknown) {
            throw new ConfigException(path + ": there is no setting " + keyOf(unknown) + "; known here are "
                    + unknown.getKnownPropertyIds().stream()
                            .map(Object::toString)
                            .sorted()
                            .collect(Collectors.joining(", ")));
        } catch (JsonMappingException wrong) {
            throw new ConfigException(path + ": setting " + keyOf(wrong) + " cannot be read: " + firstLine(wrong));
        } catch (JsonProcessingException broken) {
            throw new ConfigException(path + " is not YAML: " + firstLine(broken));
        } catch (IOException unreadable) {
            throw new ConfigException(FILE + " names " + path + ", which cannot be read: " + unreadable.getMessage());
        }
    }

    private static String keyOf(JsonMappingException at) {
        return at.getPath().stream()
                .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
    }

    private static String firstLine(JsonProcessingException cause) {
        return cause.getOriginalMessage().lines().findFirst().orElse("unknown error");
    }

    private OperatorConfig resolve(File file) {
        OperatorConfig standard = OperatorConfig.DEFAULT;
        return new OperatorConfig(
                text("CLUSTER_NAME", file.clusterName()),
                text("REGION", file.region()).or(() -> plain("AWS_REGION")).or(() -> plain("AWS_DEFAULT_REGION")),
                plain(PREFIX + "WATCH_NAMESPACES")
                        .map(names -> Arrays.stream(names.split(","))
                                .map(String::strip)
                                .filter(name -> !name.isEmpty())
                                .toList())
                        .orElseGet(() -> or(file.watchNamespaces(), List.of())),
                or(file.defaults(), standard.defaults()),
                allow(or(file.allow(), List.of())),
                leaderElection(file.leaderElection()),
                new Poll(duration(
                                "poll.interval",
                                "POLL_INTERVAL",
                                file.poll() == null ? null : file.poll().interval())
                        .orElse(standard.poll().interval())),
                probe(file.probe()),
                new Http(number(
                                "http.port",
                                "HTTP_PORT",
                                file.http() == null ? null : file.http().port(),
                                0,
                                65_535)
                        .orElse(standard.http().port())),
                logging(file.logging()),
                number("reconcileThreads", "RECONCILE_THREADS", file.reconcileThreads(), 1, 1_000)
                        .orElse(standard.reconcileThreads()));
    }

    /** An entry that permits nothing, or permits it to nobody, is a mistake that its author should hear of. */
    private static List<Allow> allow(List<Allow> doors) {
        for (int i = 0; i < doors.size(); i++) {
            String missing = doors.get(i).namespaces().isEmpty()
                    ? "namespaces"
                    : doors.get(i).takeOver().isEmpty() ? "takeOver" : "";
            if (!missing.isEmpty()) {
                throw new ConfigException("allow[" + i + "]." + missing
                        + " is empty, so the entry permits nothing: fill " + "it, or take the entry out");
            }
        }
        return doors;
    }

    /** Off outside a cluster, where nobody runs two of them; the chart turns it on. */
    private LeaderElection leaderElection(@Nullable FileElection given) {
        LeaderElection standard = OperatorConfig.DEFAULT.leaderElection();
        boolean enabled = plain(PREFIX + "LEADER_ELECTION")
                .map(value -> bool("LEADER_ELECTION", value))
                .orElseGet(() -> given != null && or(given.enabled(), false));
        return new LeaderElection(
                enabled,
                text("LEASE_NAME", given == null ? null : given.leaseName()).orElse(standard.leaseName()),
                text("LEASE_NAMESPACE", given == null ? null : given.leaseNamespace()));
    }

    private Probe probe(@Nullable FileProbe given) {
        Probe standard = OperatorConfig.DEFAULT.probe();
        return new Probe(
                plain(PREFIX + "PROBE_ENABLED")
                        .map(value -> bool("PROBE_ENABLED", value))
                        .orElseGet(() -> given == null ? standard.enabled() : or(given.enabled(), standard.enabled())),
                duration("probe.interval", "PROBE_INTERVAL", given == null ? null : given.interval())
                        .orElse(standard.interval()),
                text("PROBE_CA_FILE", given == null ? null : given.caFile()).map(Path::of));
    }

    private Logging logging(@Nullable FileLogging given) {
        Logging standard = OperatorConfig.DEFAULT.logging();
        String level = text("LOG_LEVEL", given == null ? null : given.level())
                .orElse(standard.level())
                .toLowerCase(Locale.ROOT);
        if (!LEVELS.contains(level)) {
            throw new ConfigException("logging.level is \"" + level + "\"; write trace, debug, info, warn or error");
        }
        return new Logging(
                plain(PREFIX + "LOG_FORMAT")
                        .map(ConfigReader::format)
                        .orElseGet(() -> given == null ? standard.format() : or(given.format(), standard.format())),
                level);
    }

    private static Logging.Format format(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "json" -> Logging.Format.JSON;
            case "text" -> Logging.Format.TEXT;
            default -> throw new ConfigException(PREFIX + "LOG_FORMAT is \"" + value + "\"; write json or text");
        };
    }

    private Optional<String> text(String variable, @Nullable String fromFile) {
        return plain(PREFIX + variable).or(() -> Optional.ofNullable(fromFile).filter(value -> !value.isBlank()));
    }

    private Optional<Duration> duration(String key, String variable, @Nullable String fromFile) {
        return text(variable, fromFile).map(value -> {
            Matcher parts = DURATION.matcher(value);
            if (!parts.matches()) {
                throw new ConfigException(key + " is \"" + value + "\"; write a number and ms, s, m or h, such as 60s");
            }
            long amount = Long.parseLong(parts.group(1));
            return switch (parts.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                default -> Duration.ofHours(amount);
            };
        });
    }

    private Optional<Integer> number(String key, String variable, @Nullable Integer fromFile, int least, int most) {
        Function<String, Integer> parse = value -> {
            try {
                return Integer.valueOf(value);
            } catch (NumberFormatException notANumber) {
                throw new ConfigException(PREFIX + variable + " is \"" + value + "\", which is not a number");
            }
        };
        Optional<Integer> number = plain(PREFIX + variable).map(parse).or(() -> Optional.ofNullable(fromFile));
        number.filter(value -> value < least || value > most).ifPresent(value -> {
            throw new ConfigException(key + " is " + value + "; it must be from " + least + " to " + most);
        });
        return number;
    }

    private static boolean bool(String variable, String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new ConfigException(PREFIX + variable + " is \"" + value + "\"; write true or false");
        };
    }

    private Optional<String> plain(String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }
}
