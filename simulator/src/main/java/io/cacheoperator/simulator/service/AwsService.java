package io.cacheoperator.simulator.service;

/** One simulated AWS service: how it is addressed, and what it can do. */
public interface AwsService {
    ServiceDescription description();

    Operations operations();
}
