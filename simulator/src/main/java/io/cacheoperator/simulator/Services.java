package io.cacheoperator.simulator;

import io.cacheoperator.simulator.ec2.Ec2Service;
import io.cacheoperator.simulator.ec2.NetworkUse;
import io.cacheoperator.simulator.elasticache.ElastiCacheConfig;
import io.cacheoperator.simulator.elasticache.ElastiCacheService;
import io.cacheoperator.simulator.iam.Principals;
import io.cacheoperator.simulator.service.AwsService;
import io.cacheoperator.simulator.service.TaggedResources;
import io.cacheoperator.simulator.sts.StsService;
import io.cacheoperator.simulator.tagging.TaggingService;
import io.cacheoperator.simulator.world.World;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The services that are simulated. Adding one is a line here; what has tags shows them to the tagging API by itself.
 *
 * @param tagging     kept apart, since it can be made to lag
 * @param elastiCache kept apart, since tests look into it
 */
record Services(List<AwsService> all, TaggingService tagging, ElastiCacheService elastiCache) {
    static Services of(World world, Principals principals, Function<NetworkUse, ElastiCacheConfig> elastiCache) {
        List<AwsService> services = new ArrayList<>();
        Ec2Service ec2 = new Ec2Service(world);
        services.add(ec2);
        ElastiCacheService caches = new ElastiCacheService(world, elastiCache.apply(ec2.network()));
        services.add(caches);
        services.add(new StsService(principals, InstantSource.system()));

        List<TaggedResources> tagged = services.stream()
                .filter(TaggedResources.class::isInstance)
                .map(TaggedResources.class::cast)
                .toList();
        TaggingService tagging = new TaggingService(world, tagged);
        services.add(tagging);
        return new Services(List.copyOf(services), tagging, caches);
    }
}
