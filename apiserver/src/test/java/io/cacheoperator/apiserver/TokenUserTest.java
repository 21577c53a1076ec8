package io.cacheoperator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokenUserTest {
    @Test
    void neverPrintsTheToken() {
        var user = new TokenUser("ann", "s3cret", List.of("team"));

        assertThat(user.toString()).isEqualTo("TokenUser[name=ann, groups=[team]]");
    }

    @Test
    void writesTheLineThatTheApiServerReads() {
        var user = new TokenUser("ann", "s3cret", List.of("a", "b"));

        assertThat(user.tokenFileLine()).isEqualTo("s3cret,ann,ann,\"a,b\"\n");
    }

    @Test
    void refusesNamesThatWouldChangeTheTokenFile() {
        assertThatIllegalArgumentException().isThrownBy(() -> TokenUser.named("ann,root"));
        assertThatIllegalArgumentException().isThrownBy(() -> new TokenUser("ann", "a\nb", List.of()));
    }

    @Test
    void tokensDiffer() {
        assertThat(TokenUser.named("ann").token())
                .isNotEqualTo(TokenUser.named("ann").token());
    }
}
