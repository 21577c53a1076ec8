package io.cacheoperator.simulator.ec2;

import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.Page;
import io.cacheoperator.simulator.world.RegionState;
import io.cacheoperator.simulator.world.World;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeManagedPrefixListsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeManagedPrefixListsResponse;
import software.amazon.awssdk.services.ec2.model.DescribePrefixListsRequest;
import software.amazon.awssdk.services.ec2.model.DescribePrefixListsResponse;
import software.amazon.awssdk.services.ec2.model.ManagedPrefixList;
import software.amazon.awssdk.services.ec2.model.PrefixList;

/** The prefix lists that AWS itself keeps in each region; customers' own are not simulated. */
final class PrefixLists {
    private record Known(String service, String cidr) {}

    private static final List<Known> KNOWN =
            List.of(new Known("s3", "3.5.0.0/19"), new Known("dynamodb", "3.218.180.0/22"));

    private static final Filters<PrefixList> FILTERS = Filters.<PrefixList>withTags(list -> List.of())
            .one("prefix-list-id", PrefixList::prefixListId)
            .one("prefix-list-name", PrefixList::prefixListName);

    private static final Filters<ManagedPrefixList> MANAGED_FILTERS = Filters.withTags(ManagedPrefixList::tags)
            .one("owner-id", ManagedPrefixList::ownerId)
            .one("prefix-list-id", ManagedPrefixList::prefixListId)
            .one("prefix-list-name", ManagedPrefixList::prefixListName);

    private final World world;

    PrefixLists(World world) {
        this.world = world;
    }

    void register(Ec2Operations operations) {
        operations.add("DescribePrefixLists", DescribePrefixListsRequest::builder, this::describe);
        operations.add("DescribeManagedPrefixLists", DescribeManagedPrefixListsRequest::builder, this::describeManaged);
    }

    static boolean exists(RegionState region, String id) {
        return KNOWN.stream().anyMatch(list -> id(region, list).equals(id));
    }

    private static String id(RegionState region, Known list) {
        return "pl-" + region.ids().hex("prefix-list/" + list.service(), 8);
    }

    private static String name(RegionState region, Known list) {
        return "com.amazonaws." + region.region() + "." + list.service();
    }

    private DescribePrefixListsResponse describe(DescribePrefixListsRequest request, Call call) {
        RegionState region = world.region(call);
        List<PrefixList> lists = KNOWN.stream()
                .map(list -> PrefixList.builder()
                        .prefixListId(id(region, list))
                        .prefixListName(name(region, list))
                        .cidrs(list.cidr())
                        .build())
                .filter(list -> isAsked(region, request.prefixListIds(), list.prefixListId()))
                .toList();
        Page<PrefixList> page = new Ec2Pages(request.maxResults(), request.nextToken())
                .of(FILTERS.apply(request.filters(), lists), PrefixList::prefixListId);
        return DescribePrefixListsResponse.builder()
                .prefixLists(page.items())
                .nextToken(page.next().orElse(null))
                .build();
    }

    private DescribeManagedPrefixListsResponse describeManaged(DescribeManagedPrefixListsRequest request, Call call) {
        RegionState region = world.region(call);
        List<ManagedPrefixList> lists = KNOWN.stream()
                .map(list -> ManagedPrefixList.builder()
                        .prefixListId(id(region, list))
                        .prefixListName(name(region, list))
                        .prefixListArn("arn:aws:ec2:" + region.region() + ":aws:prefix-list/" + id(region, list))
                        .addressFamily("IPv4")
                        .ownerId("AWS")
                        .state("create-complete")
                        .version(1L)
                        .tags(List.of())
                        .build())
                .filter(list -> isAsked(region, request.prefixListIds(), list.prefixListId()))
                .toList();
        Page<ManagedPrefixList> page = new Ec2Pages(request.maxResults(), request.nextToken())
                .of(MANAGED_FILTERS.apply(request.filters(), lists), ManagedPrefixList::prefixListId);
        return DescribeManagedPrefixListsResponse.builder()
                .prefixLists(page.items())
                .nextToken(page.next().orElse(null))
                .build();
    }

    private static boolean isAsked(RegionState region, List<String> ids, String id) {
        ids.stream().filter(asked -> !exists(region, asked)).findFirst().ifPresent(missing -> {
            throw Ec2Errors.noPrefixList(missing);
        });
        return ids.isEmpty() || ids.contains(id);
    }
}
