package io.cacheoperator.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.local.CacheRow.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class CacheTableTest {
    private static final CacheRow READY =
            new CacheRow("sessions", "valkey", "8.1.0", "1x1", "Available", State.READY, "127.0.0.1:20001");
    private static final CacheRow NEW = new CacheRow("a-longer-name", "redis", "", "", "", State.WORKING, "");
    private static final CacheRow STUCK =
            new CacheRow("stuck", "redis", "", "", "Pending", State.STALLED, "spec.nodeType: no such type\n  at all ");

    @Test
    void alignsColumns() {
        assertThat(CacheTable.render(List.of(NEW, READY)))
                .containsExactly(
                        "NAME           ENGINE  VERSION  SHAPE  PHASE      READY",
                        "a-longer-name  redis                              no",
                        "sessions       valkey  8.1.0    1x1    Available  yes    127.0.0.1:20001");
    }

    @Test
    void keepsEachCacheOnOneLine() {
        assertThat(CacheTable.render(List.of(STUCK)).getLast())
                .isEqualTo("stuck  redis                   Pending  STALLED  spec.nodeType: no such type at all");
    }

    @Test
    void hasTitlesOnlyWhereThereIsNoCache() {
        assertThat(CacheTable.render(List.of())).containsExactly("NAME  ENGINE  VERSION  SHAPE  PHASE  READY");
    }
}
