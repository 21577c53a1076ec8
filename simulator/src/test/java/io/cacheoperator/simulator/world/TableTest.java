package io.cacheoperator.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private final Table<String> table = new Table<>();

    @Test
    void showsTheValueOfEachInstant() {
        table.put("b", "old", T);
        table.put("b", "new", T.plusSeconds(10));
        table.put("a", "x", T.plusSeconds(20));
        table.remove("b", T.plusSeconds(30));

        assertThat(table.at(T.minusSeconds(1)).values()).isEmpty();
        assertThat(table.at(T).find("b")).contains("old");
        assertThat(table.at(T.plusSeconds(15)).find("b")).contains("new");
        assertThat(table.at(T.plusSeconds(25)).values()).containsExactly("x", "new");
        assertThat(table.at(T.plusSeconds(30)).values()).containsExactly("x");
        assertThat(table.values()).containsExactly("x");
    }

    @Test
    void theLastWriteOfAnInstantCounts() {
        table.put("a", "1", T);
        table.put("a", "2", T);
        assertThat(table.at(T).find("a")).contains("2");
    }

    @Test
    void forgetsWhatIsOlderThanItsHistoryButNotTheLatestValue() {
        table.put("kept", "1", T);
        table.put("changed", "1", T);
        table.remove("gone", T);
        Instant late = T.plus(Table.HISTORY).plusSeconds(60);
        table.put("changed", "2", late.minusSeconds(1));
        table.put("changed", "3", late);
        assertThat(table.at(late.minusSeconds(30)).find("changed")).contains("1");
        assertThat(table.at(late.minusSeconds(30)).find("kept")).contains("1");
        assertThat(table.find("gone")).isEmpty();
    }

    @Test
    void canRememberAgainWhatWasRemoved() {
        table.put("a", "1", T);
        table.remove("a", T.plusSeconds(1));
        table.put("a", "2", T.plusSeconds(2));
        table.put("b", "x", T.plus(Table.HISTORY).plusSeconds(60));
        assertThat(table.find("a")).contains("2");
    }
}
