package io.cacheoperator.crds;

import static io.cacheoperator.crds.RuleCase.Base.valkey;

import java.util.List;

/** Cases of {@link SecurityRules}; the object is called {@code sessions}. */
final class SecurityCases {

    private SecurityCases() {}

    static List<RuleCase> all() {
        return List.of(
                new RuleCase(
                        valkey,
                        "{auth: {type: Token}, encryption: {inTransit: preferred}}",
                        "{auth: {type: Token}, encryption: {inTransit: disabled}}",
                        "spec.auth.type",
                        "`auth.type: Token` needs TLS: set `encryption.inTransit` to required or preferred, or `auth.type: None`"),
                new RuleCase(
                        valkey,
                        "{auth: {type: None}, encryption: {inTransit: disabled}}",
                        "{auth: {type: Token, token: {secretRef: {name: t, key: k}}}, encryption: {inTransit: disabled}}",
                        "spec.auth.type",
                        "`auth.type: Token` needs TLS: set `encryption.inTransit` to required or preferred, or `auth.type: None`"),
                new RuleCase(
                        valkey,
                        "auth: {token: {secretRef: {name: t, key: k}}}",
                        "auth: {type: None, token: {secretRef: {name: t, key: k}}}",
                        "spec.auth.token",
                        "`auth.token` would not be used: set `auth.type: Token`, or leave `auth.token` out"),
                new RuleCase(
                        valkey,
                        "{auth: {token: {secretRef: {name: t, key: k}}}, encryption: {inTransit: required}}",
                        "{auth: {token: {secretRef: {name: t, key: k}}}, encryption: {inTransit: disabled}}",
                        "spec.auth.token",
                        "`auth.token` would not be used: set `auth.type: Token`, or leave `auth.token` out"),
                new RuleCase(
                        valkey,
                        "{auth: {type: Token, token: {secretRef: {name: t, key: k}}}, encryption: {inTransit: preferred}}",
                        "{auth: {token: {secretRef: {name: t, key: k}}}, encryption: {inTransit: preferred}}",
                        "spec.auth.token",
                        "`auth.token` would not be used: set `auth.type: Token`, or leave `auth.token` out"),
                new RuleCase(
                        valkey,
                        "encryption: {atRest: true, kmsKeyId: k}",
                        "encryption: {atRest: false, kmsKeyId: k}",
                        "spec.encryption.kmsKeyId",
                        "`encryption.kmsKeyId` needs `encryption.atRest`: set that to true, or leave `kmsKeyId` out"),
                new RuleCase(
                        valkey,
                        "{parameterGroupName: g, parameters: {}}",
                        "{parameterGroupName: g, parameters: {timeout: 300}}",
                        "spec.parameterGroupName",
                        "`parameterGroupName` excludes `parameters`: keep one"),
                new RuleCase(
                        valkey,
                        "connectionSecret: {name: shop.sessions-cache}",
                        "connectionSecret: {name: Sessions}",
                        "spec.connectionSecret.name",
                        "`connectionSecret.name` is not the name of a Secret: write one like sessions-cache"),
                new RuleCase(
                        valkey,
                        "auth: {token: {secretRef: {name: token, key: k}}}",
                        "auth: {token: {secretRef: {name: the_token, key: k}}}",
                        "spec.auth.token.secretRef.name",
                        "`secretRef.name` is not the name of a Secret: write one like sessions-token"),
                new RuleCase(
                        valkey,
                        "auth: {token: {secretRef: {name: t, key: AUTH_token.1}}}",
                        "auth: {token: {secretRef: {name: t, key: a key}}}",
                        "spec.auth.token.secretRef.key",
                        "`secretRef.key` is not a key of a Secret: write one like token"),
                new RuleCase(
                        valkey,
                        "connectionSecret: {name: sessions-cache}",
                        "connectionSecret: {name: sessions-cache-auth}",
                        "spec.connectionSecret.name",
                        "`connectionSecret.name` is the name of the Secret with the generated token: choose another"),
                new RuleCase(
                        valkey,
                        "{auth: {token: {secretRef: {name: a, key: k}}}, connectionSecret: {name: b}}",
                        "{auth: {token: {secretRef: {name: a, key: k}}}, connectionSecret: {name: a}}",
                        "spec.connectionSecret.name",
                        "`connectionSecret.name`, given or derived, is the name of the token's Secret: choose another"),
                new RuleCase(
                        valkey,
                        "{auth: {token: {secretRef: {name: sessions-cache, key: k}}}, connectionSecret: {name: b}}",
                        "auth: {token: {secretRef: {name: sessions-cache, key: k}}}",
                        "spec.connectionSecret.name",
                        "`connectionSecret.name`, given or derived, is the name of the token's Secret: choose another"));
    }
}
