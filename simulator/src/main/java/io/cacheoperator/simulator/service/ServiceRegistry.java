package io.cacheoperator.simulator.service;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The services that are simulated. */
public final class ServiceRegistry {
    private final List<AwsService> services;

    public ServiceRegistry(List<AwsService> services) {
        this.services = List.copyOf(services);
    }

    public List<AwsService> all() {
        return services;
    }

    public Optional<AwsService> find(Predicate<ServiceDescription> addressed) {
        return services.stream()
                .filter(service -> addressed.test(service.description()))
                .findFirst();
    }
}
