package io.cacheoperator.iam;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Writes docs/reference/iam.md. */
final class IamReference {

    static final String FILE = "docs/reference/iam.md";

    private static final String INTRODUCTION = """
            # Permissions in AWS

            Made from the code by `make docs-reference`. `IamPolicyTest` compares it with every call in the code, `IamPolicyIT` with the
            calls that are made while caches are made, changed, drift and are deleted: an action that is missing fails, and one that
            nothing uses fails too. The simulator enforces the policies there, resource by resource and condition by condition.

            | policy | for whom |
            |---|---|
            | [full.json](../iam/full.json) | everything that this version does |
            | [no-ec2.json](../iam/no-ec2.json) | caches whose `spec.network` gives `subnetGroupName` and `securityGroupIds`, and no `allowFrom` (nor does the chart's `defaults.allowFrom`). Nothing of EC2 is written, and nothing is needed from it: one look at security groups at the start, and one with each deletion, are refused and go unheeded |
            | [read-only.json](../iam/read-only.json) | to look on, such as before a migration, or with `driftPolicy: Report`: caches that exist and are the operator's own keep status, endpoints, connection Secret, drift and probes up to date. Every write is refused, and the resource says which |

            ```sh needs-aws
            aws iam create-policy --policy-name cache-operator --policy-document file://docs/iam/full.json
            ```

            Outside of the partition `aws` replace `arn:aws:` by `arn:aws-cn:` or `arn:aws-us-gov:`.

            ## What a missing permission looks like

            The condition that waits for it (`Ready`, `Synced` or `DeletionBlocked`) has AWS's words and the action:
            `... is not authorized to perform: elasticache:CreateReplicationGroup ... Allow elasticache:CreateReplicationGroup in the
            policy of the operator's role: docs/reference/iam.md`; so has an Event. Nothing crashes and nothing is given up: the step is
            tried again after a minute, later every quarter of an hour, or at once with the annotation `cacheoperator.io/reconcile-at`.
            A cache that is Ready stays Ready where only a read is missing. `cache_operator_aws_calls_seconds_count{outcome="access"}` counts.

            """;

    private static final String ACTIONS = """
            ## Every action

            | action | what it is for | asked for by | policies | where it is missing |
            |---|---|---|---|---|
            """;

    private static final String RESTRICTIONS = """

            ## What is restricted to what

            * Creates are allowed only with the tag `cacheoperator.io/owner`, which the operator sends in each of them (`aws:RequestTag`).
            * Changes and deletes are allowed only on what carries that tag (`aws:ResourceTag`). So whoever takes over the operator's
              pod cannot delete what it did not make, unless he tags it first: `elasticache:AddTagsToResource` cannot be restricted, for AWS
              checks it with every create that carries tags, and knows no condition for that. Keep it from people.
            * `ec2:CreateTags` is allowed with `CreateSecurityGroup` (`ec2:CreateAction`), and on groups that carry the owner tag.
            * For one Kubernetes cluster only, replace the `"*"` of these conditions by `["<clusterName>", "<clusterName>/*"]`: a subnet
              group that several caches share carries the name alone. Taking over another cluster's caches is then refused by AWS.
            * For one VPC only, add `"ArnEquals": {"ec2:Vpc": "arn:aws:ec2:<region>:<account>:vpc/<vpc>"}` to `ChangeOwnSecurityGroups`, and name
              the VPC in `MakeSecurityGroupsInAnyVpc`.

            Resources and conditions are those of AWS's Service Authorization Reference. It also names, as "dependent actions" of creates and
            deletes, `ec2:CreateNetworkInterface`, `DeleteNetworkInterface`, `DescribeNetworkInterfaces`, `DescribeSubnets` and
            `DescribeVpcs`: these are what ElastiCache's service-linked role does, AWS's own `AmazonElastiCacheFullAccess` does not hold
            the first three either, and they are not in these policies. This could not be checked against AWS itself. If AWS should ask for
            one of them, the resource says so.

            ## Your own KMS key

            With `encryption.kmsKeyId` ElastiCache makes a grant on the key in the operator's name. Add, for that key alone:

            ```json
            {"Effect": "Allow", "Action": ["kms:DescribeKey", "kms:CreateGrant"], "Resource": "arn:aws:kms:<region>:<account>:key/<key>"}
            ```

            ## Credentials that are not accepted

            Expired or unknown credentials (`ExpiredToken`, `InvalidClientTokenId`, "Unable to load credentials") say so in the same
            conditions: [install](../install.md#before) tells how the pod gets its role.
            """;

    private IamReference() {}

    static String page() {
        StringBuilder page = new StringBuilder(INTRODUCTION).append(ACTIONS);
        Map<String, IamAction> byName = new TreeMap<>();
        Stream.of(IamActions.READS, IamActions.NETWORK_READS, IamActions.WRITES, IamActions.NETWORK_WRITES)
                .flatMap(List::stream)
                .forEach(action -> byName.put(action.name(), action));
        byName.values()
                .forEach(action -> page.append("| `%s` | %s | %s | %s | %s |\n"
                        .formatted(
                                action.name(),
                                action.purpose(),
                                action.feature(),
                                policies(action.name()),
                                action.without())));
        return page.append(RESTRICTIONS).toString();
    }

    private static String policies(String action) {
        Set<String> noEc2 = IamPolicies.actions(IamPolicies.NO_EC2);
        Set<String> readOnly = IamPolicies.actions(IamPolicies.READ_ONLY);
        return "full" + (noEc2.contains(action) ? ", no-ec2" : "") + (readOnly.contains(action) ? ", read-only" : "");
    }
}
