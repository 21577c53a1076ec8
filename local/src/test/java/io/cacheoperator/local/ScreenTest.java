package io.cacheoperator.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.local.CacheRow.State;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private static final CacheRow CREATING =
            new CacheRow("sessions", "valkey", "", "", "Creating", State.WORKING, "AWS is making it");
    private static final CacheRow READY =
            new CacheRow("sessions", "valkey", "8.1.0", "1x0", "Available", State.READY, "127.0.0.1:20001");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void printsALineForEachChangeWhereNobodyWatches() {
        Screen screen = new Screen.Plain(out);

        screen.show(Duration.ofSeconds(3), List.of(CREATING));
        screen.show(Duration.ofSeconds(4), List.of(CREATING));

        assertThat(printed()).containsExactly("   3 s  sessions                 Creating     AWS is making it");
    }

    @Test
    void printsTheTableOnceAllAreReadyWhereNobodyWatches() {
        Screen screen = new Screen.Plain(out);

        screen.show(Duration.ofSeconds(3), List.of(CREATING));
        screen.show(Duration.ofSeconds(12), List.of(READY));
        screen.show(Duration.ofSeconds(13), List.of(READY));

        assertThat(printed().subList(2, printed().size()))
                .containsExactly(
                        "1 of 1 Ready after 12 s",
                        "NAME      ENGINE  VERSION  SHAPE  PHASE      READY",
                        "sessions  valkey  8.1.0    1x0    Available  yes    127.0.0.1:20001");
    }

    @Test
    void drawsTheTableOverTheOneBeforeOnATerminal() {
        Screen screen = new Screen.Terminal(out);

        screen.show(Duration.ofSeconds(3), List.of(CREATING));
        screen.show(Duration.ofSeconds(12), List.of(READY));

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("\u001b[3A\r\u001b[J\u001b[?7l1 of 1 Ready after 12 s");
    }

    @Test
    void drawsBelowWhatWasSaidSince() {
        Screen screen = new Screen.Terminal(out);

        screen.show(Duration.ofSeconds(3), List.of(CREATING));
        screen.say("something");
        bytes.reset();
        screen.show(Duration.ofSeconds(4), List.of(CREATING));

        assertThat(bytes.toString(StandardCharsets.UTF_8)).doesNotContain("A\r");
    }

    private List<String> printed() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
