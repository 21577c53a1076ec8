package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.core.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldHintsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CacheSubnetGroupNotFoundFault | Cache Subnet Group x does not exist. | spec.network.subnetGroupName",
                "InvalidParameterValue | Some input subnets in :[subnet-x] are invalid. | spec.network.subnetIds",
                "InvalidParameterValue | Invalid cache node type: cache.x9.huge | spec.nodeType",
                "InvalidParameterCombination | Cannot find version 99 for engine version | spec.engineVersion",
                "CacheParameterGroupNotFound | CacheParameterGroup x not found. | spec.parameterGroupName",
                "InvalidParameterValue | The AuthToken parameter is invalid | spec.auth",
                "InvalidGroup.NotFound | The security group 'sg-1' does not exist | spec.network.securityGroupIds",
                "InvalidParameterValue | Invalid maintenance window format | spec.maintenance.window",
            })
    void namesTheFieldThatAnErrorIsAbout(String code, String message, String field) {
        Failure failure = new Failure(Failure.Kind.INVALID, "Create", code, message);
        assertThat(FieldHints.field(failure)).contains(field);
        assertThat(FieldHints.message(failure)).contains(message, code, field);
    }

    @Test
    void namesNoneWhereNoEditHelps() {
        Failure failure = new Failure(Failure.Kind.THROTTLED, "Create", "Throttling", "node type rate exceeded");
        assertThat(FieldHints.field(failure)).isEmpty();
    }
}
