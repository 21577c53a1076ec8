package io.cacheoperator.simulator.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cacheoperator.simulator.service.AwsError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.5/24, 10.0.0.0/24",
        "255.255.255.255/0, 0.0.0.0/0",
        "1.2.3.4/32, 1.2.3.4/32",
    })
    void clearsTheHostBits(String given, String canonical) {
        assertThat(Cidr.v4(given)).hasToString(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "::/0, ::/0",
        "2001:DB8:0:0:0:0:0:1/64, 2001:db8::/64",
        "2001:db8:0:1:1:1:1:1/128, 2001:db8:0:1:1:1:1:1/128",
        "1:0:0:2:0:0:0:3/128, 1:0:0:2::3/128",
        "fe80::/10, fe80::/10",
        "::1/128, ::1/128",
    })
    void shortensV6(String given, String canonical) {
        assertThat(Cidr.v6(given)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0", "10.0.0.0/33", "10.0.0/8", "300.0.0.0/8", "localhost/8", "::/0", "10.0.0.0/-1", "/8"
            })
    void refusesWhatIsNoV4Block(String text) {
        AwsError error = catchThrowableOfType(AwsError.class, () -> Cidr.v4(text));
        assertThat(error.message()).isEqualTo("CIDR block " + text + " is malformed");
    }

    @Test
    void knowsItsParts() {
        Cidr vpc = Cidr.v4("172.31.0.0/16");
        assertThat(vpc.part(3, 20)).hasToString("172.31.48.0/20");
        assertThat(vpc.contains(Cidr.v4("172.31.48.0/20"))).isTrue();
        assertThat(Cidr.v4("172.31.48.0/20").overlaps(vpc)).isTrue();
        assertThat(vpc.overlaps(Cidr.v4("172.30.0.0/16"))).isFalse();
        assertThat(vpc.address(260)).isEqualTo("172.31.1.4");
    }
}
