package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.crds.GeneratedFile;
import io.cacheoperator.crds.UserShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of docs/kubectl.md, run one after the other as a user would, with the operator at work: the page shows what they
 * really print. Text and commands are written by hand, outputs by {@code make docs-kubectl}.
 */
@RequiresApiServer
class KubectlTourIT {

    private static final String PAGE = "docs/kubectl.md";
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```console tested-by=KubectlTourIT\n(.*?)^```\n");
    private static final Duration STEP = Duration.ofSeconds(5);
    private static final Duration PACE = Duration.ofMillis(50);

    @TempDir
    private Path home;

    private ApiServer server;
    private OperatorHarness operator;
    private UserShell shell;

    /** A server, a namespace and an owner of its own, so that each run prints the same names. */
    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = ApiServer.start(ApiServer.Options.defaults());
        server.kubectl().run("create", "namespace", "shop").expectSuccess();
        operator = OperatorHarness.startStandingStill(server, "shop", config -> config.withClusterName("my-cluster"));
        shell = UserShell.of(server, "shop", home);
    }

    @AfterEach
    void stop() {
        operator.close();
        server.close();
    }

    @Test
    void everyCommandPrintsWhatThePageShows() throws IOException, InterruptedException {
        String page = Files.readString(GeneratedFile.root().resolve(PAGE));
        StringBuilder played = new StringBuilder();
        Matcher blocks = BLOCK.matcher(page);
        int end = 0;
        while (blocks.find()) {
            played.append(page, end, blocks.start(1)).append(play(blocks.group(1)));
            end = blocks.end(1);
        }
        assertThat(end).as("commands in " + PAGE).isPositive();
        GeneratedFile.writeOrCompare(PAGE, played + page.substring(end), "docs.write", "make docs-kubectl");
    }

    /** A block again, with what its commands print now. */
    private String play(String block) throws IOException, InterruptedException {
        StringBuilder played = new StringBuilder();
        for (String command : commands(block)) {
            played.append("$ ").append(command.replace("\n", "\n> ")).append('\n');
            printed(run(command)).forEach(line -> played.append(line).append('\n'));
        }
        return played.toString();
    }

    /** As in a terminal: a command begins with a dollar, and goes on in lines that begin with {@code >}. */
    private static List<String> commands(String block) {
        List<String> commands = new ArrayList<>();
        for (String line : block.lines().toList()) {
            if (line.startsWith("$ ")) {
                commands.add(line.substring(2));
            } else if (line.startsWith("> ")) {
                commands.add(commands.removeLast() + "\n" + line.substring(2));
            }
        }
        return commands;
    }

    /** Time in AWS passes only while a command waits for the end of something. */
    private String run(String command) throws IOException, InterruptedException {
        boolean waits = command.contains("--for=condition") || command.contains("--for=delete");
        try (ScheduledExecutorService time = Executors.newSingleThreadScheduledExecutor()) {
            if (waits) {
                time.scheduleAtFixedRate(() -> operator.passTime(STEP), 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
            }
            try {
                return shell.run(command).output();
            } finally {
                time.shutdownNow();
            }
        }
    }

    /** What differs from run to run is made the same: times, and the files that diff compares. */
    private static List<String> printed(String output) {
        List<String> lines = output.lines()
                .map(line -> line.replaceAll("/\\S*/(LIVE|MERGED)-[0-9]+", "/tmp/$1"))
                .map(line -> line.replaceAll("^(---|\\+\\+\\+) (\\S+)\t.*", "$1 $2"))
                .map(line -> line.replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ", "2026-11-21T07:00:00Z"))
                .map(line -> line.replaceAll("(resourceVersion:) \"\\d+\"", "$1 \"1\""))
                .map(String::stripTrailing)
                .collect(Collectors.toCollection(ArrayList::new));
        while (!lines.isEmpty() && lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return PrintedTable.with(lines, "AGE", "5m");
    }
}
