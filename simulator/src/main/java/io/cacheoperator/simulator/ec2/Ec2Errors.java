package io.cacheoperator.simulator.ec2;

import io.cacheoperator.simulator.service.AwsError;

/** EC2's refusals in its words. EC2 does not model its errors: codes are from its API reference, most texts from the field. */
final class Ec2Errors {
    private Ec2Errors() {}

    static AwsError noGroup(String id) {
        return AwsError.badRequest("InvalidGroup.NotFound", "The security group '" + id + "' does not exist");
    }

    static AwsError malformedGroupId(String id) {
        return AwsError.badRequest("InvalidGroupId.Malformed", "Invalid id: \"" + id + "\" (expecting \"sg-...\")");
    }

    static AwsError noRule(String id) {
        return AwsError.badRequest(
                "InvalidSecurityGroupRuleId.NotFound", "The security group rule ID '" + id + "' does not exist");
    }

    static AwsError noVpc(String id) {
        return AwsError.badRequest("InvalidVpcID.NotFound", "The vpc ID '" + id + "' does not exist");
    }

    static AwsError noSubnet(String id) {
        return AwsError.badRequest("InvalidSubnetID.NotFound", "The subnet ID '" + id + "' does not exist");
    }

    static AwsError noInterface(String id) {
        return AwsError.badRequest(
                "InvalidNetworkInterfaceID.NotFound", "The networkInterface ID '" + id + "' does not exist");
    }

    static AwsError noPrefixList(String id) {
        return AwsError.badRequest("InvalidPrefixListID.NotFound", "The prefix list ID '" + id + "' does not exist");
    }

    static AwsError noId(String id) {
        return AwsError.badRequest("InvalidID", "The ID '" + id + "' is not valid");
    }

    static AwsError dependency(String message) {
        return AwsError.badRequest("DependencyViolation", message);
    }

    static AwsError missing(String parameter) {
        return AwsError.missingParameter("The request must contain the parameter " + parameter);
    }

    static AwsError invalid(Object value, String parameter, String why) {
        return AwsError.invalidParameterValue(
                "Value (" + value + ") for parameter " + parameter + " is invalid. " + why);
    }
}
