package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.iam.Authorizer.Check;
import io.cacheoperator.simulator.iam.Authorizer.Resource;
import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.world.RegionState;
import io.cacheoperator.simulator.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which resources IAM checks for a call, and what else its caller must be permitted: to tag what is made with tags, and to have
 * AWS make the service-linked role where the account has none.
 */
final class AuthorizedResources {
    private static final String TAG = "elasticache:AddTagsToResource";
    private static final String ANY = "*";
    private static final Set<String> NEED_ROLE = Set.of("CreateReplicationGroup", "CreateCacheCluster");
    private static final Map<String, List<Row>> ROWS = PipedTable.read("iam-resources.txt", 4).stream()
            .map(cells -> new Row(cells.get(0), cells.get(1), cells.get(2), Role.of(cells.get(3))))
            .collect(Collectors.groupingBy(Row::operation));

    private final World world;
    private final ElastiCacheKnobs knobs;

    AuthorizedResources(World world, ElastiCacheKnobs knobs) {
        this.world = world;
        this.knobs = knobs;
    }

    private enum Role {
        MADE,
        REQUIRED,
        NEITHER;

        static Role of(String cell) {
            return cell.equals("-") ? NEITHER : valueOf(cell.toUpperCase(Locale.ROOT));
        }
    }

    /** One line of the data file. */
    private record Row(String operation, String member, String type, Role role) {}

    List<Resource> of(Call call, Map<String, Object> request) {
        return rows(call).stream()
                .flatMap(row -> named(call, row, request))
                .distinct()
                .toList();
    }

    List<Check> further(Call call, Map<String, Object> request) {
        List<Check> checks = new ArrayList<>();
        if (request.get("Tags") instanceof List<?> tags && !tags.isEmpty()) {
            rows(call).stream()
                    .filter(row -> row.role() == Role.MADE)
                    .flatMap(row -> named(call, row, request))
                    .map(made -> new Check(TAG, made))
                    .forEach(checks::add);
        }
        if (NEED_ROLE.contains(call.operation()) && knobs.lacksServiceLinkedRole()) {
            checks.add(new Check(
                    "iam:CreateServiceLinkedRole",
                    new Resource(serviceLinkedRole(call), Map.of()),
                    Optional.of(noRole())));
        }
        return checks;
    }

    private static List<Row> rows(Call call) {
        return ROWS.getOrDefault(call.operation(), List.of());
    }

    private Stream<Resource> named(Call call, Row row, Map<String, Object> request) {
        RegionState region = world.region(call);
        List<String> names = names(request.get(row.member()));
        if (names.isEmpty() && row.role() == Role.REQUIRED) {
            names = List.of(ANY);
        }
        return names.stream().map(name -> resource(region, row.type(), name));
    }

    private static List<String> names(@Nullable Object member) {
        return switch (member) {
            case List<?> list -> list.stream().map(String::valueOf).toList();
            case null -> List.of();
            default -> List.of(String.valueOf(member));
        };
    }

    private static Resource resource(RegionState region, String type, String name) {
        String arn = type.equals("-")
                ? name
                : region.arn("elasticache", type + ":" + name.toLowerCase(Locale.ROOT))
                        .toString();
        Map<String, String> tags =
                region.get(ElastiCacheState.KEY).tags.find(arn).orElse(Map.of());
        return new Resource(arn, tags);
    }

    private static String serviceLinkedRole(Call call) {
        return "arn:aws:iam::" + call.account()
                + ":role/aws-service-role/elasticache.amazonaws.com/AWSServiceRoleForElastiCache";
    }

    /** In AWS's words, which do not name the action as other refusals do. */
    private static AwsError noRole() {
        return AwsError.badRequest(
                "ServiceLinkedRoleNotFoundFault",
                "This action cannot be completed due to insufficient permissions. (Recommended action) Please create new role"
                        + " using IAM API CreateServiceLinkedRole.");
    }
}
