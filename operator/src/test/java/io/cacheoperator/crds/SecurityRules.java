package io.cacheoperator.crds;

import static io.cacheoperator.crds.Rule.Reason.FieldValueForbidden;
import static io.cacheoperator.crds.Rule.Reason.FieldValueInvalid;

import java.util.List;

/** TLS, AUTH, keys, and the Secrets they stand in. */
final class SecurityRules {

    private static final String GIVEN = "has(self.spec.connectionSecret) && has(self.spec.connectionSecret.name)";
    private static final String SECRET_NAME =
            "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')";

    private SecurityRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.spec(".auth.type", FieldValueInvalid, """
                        !has(self.auth) || !has(self.auth.type) || self.auth.type != 'Token' || !has(self.encryption)
                        || !has(self.encryption.inTransit) || self.encryption.inTransit != 'disabled'
                        """, """
                        `auth.type: Token` needs TLS: set `encryption.inTransit` to required or preferred, or `auth.type: None`
                        """),
                Rule.spec(
                        ".auth.token",
                        FieldValueForbidden,
                        """
                        !has(self.auth) || !has(self.auth.token) || (has(self.auth.type)
                        ? self.auth.type == 'Token'
                        : !has(self.encryption) || !has(self.encryption.inTransit) || self.encryption.inTransit == 'required')
                        """,
                        "`auth.token` would not be used: set `auth.type: Token`, or leave `auth.token` out"),
                Rule.of(
                        ".spec.encryption",
                        ".kmsKeyId",
                        FieldValueForbidden,
                        """
                        !has(self.kmsKeyId) || !has(self.atRest) || self.atRest
                        """,
                        "`encryption.kmsKeyId` needs `encryption.atRest`: set that to true, or leave `kmsKeyId` out"),
                Rule.spec(
                        ".parameterGroupName",
                        FieldValueForbidden,
                        "!has(self.parameterGroupName) || !has(self.parameters) || size(self.parameters) == 0",
                        "`parameterGroupName` excludes `parameters`: keep one"),
                Rule.field(
                        ".spec.connectionSecret.name",
                        SECRET_NAME,
                        "`connectionSecret.name` is not the name of a Secret: write one like sessions-cache"),
                Rule.field(
                        ".spec.auth.token.secretRef.name",
                        SECRET_NAME,
                        "`secretRef.name` is not the name of a Secret: write one like sessions-token"),
                Rule.field(
                        ".spec.auth.token.secretRef.key",
                        "self.matches('^[-._a-zA-Z0-9]+$')",
                        "`secretRef.key` is not a key of a Secret: write one like token"),
                Rule.root(
                        "",
                        FieldValueInvalid,
                        "size(self.metadata.name) <= 242",
                        "`metadata.name` is at most 242 characters long, for Secrets are named after it: shorten it"),
                Rule.root(".spec.connectionSecret.name", FieldValueInvalid, """
                        !(%s) || self.spec.connectionSecret.name != self.metadata.name + '-cache-auth'
                        """.formatted(GIVEN), """
                        `connectionSecret.name` is the name of the Secret with the generated token: choose another
                        """),
                Rule.root(
                        ".spec.connectionSecret.name",
                        FieldValueInvalid,
                        """
                        !(%s) || self.spec.auth.token.secretRef.name
                        != (%s ? self.spec.connectionSecret.name : self.metadata.name + '-cache')
                        """.formatted(Paths.present("self", "spec.auth.token.secretRef"), GIVEN),
                        """
                        `connectionSecret.name`, given or derived, is the name of the token's Secret: choose another
                        """));
    }
}
