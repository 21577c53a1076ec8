package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.aws.AuthToken;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TokenSourceTest {

    @Test
    void everyTokenHas64CharactersOfAllThreeClasses() {
        TokenSource tokens = new TokenSource(new Random(1));
        assertThat(Stream.generate(tokens::get).limit(500).map(AuthToken::value))
                .allSatisfy(token -> assertThat(token)
                        .hasSize(64)
                        .matches("[A-Za-z0-9]+")
                        .containsPattern("[A-Z]")
                        .containsPattern("[a-z]")
                        .containsPattern("[0-9]"));
    }

    @Test
    void noTwoAreAlike() {
        TokenSource tokens = new TokenSource(new Random(1));
        Set<String> all =
                Stream.generate(tokens::get).limit(500).map(AuthToken::value).collect(Collectors.toSet());
        assertThat(all).hasSize(500);
    }
}
