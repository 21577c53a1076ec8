package io.cacheoperator.simulator;

import io.cacheoperator.simulator.calllog.CallLog;
import io.cacheoperator.simulator.elasticache.ElastiCacheConfig;
import io.cacheoperator.simulator.elasticache.ElastiCacheConsole;
import io.cacheoperator.simulator.elasticache.ElastiCacheDurations;
import io.cacheoperator.simulator.elasticache.ElastiCacheKnobs;
import io.cacheoperator.simulator.elasticache.ElastiCacheService;
import io.cacheoperator.simulator.elasticache.Nodes;
import io.cacheoperator.simulator.faults.FaultScope;
import io.cacheoperator.simulator.faults.Faults;
import io.cacheoperator.simulator.hooks.CallHooks;
import io.cacheoperator.simulator.http.ControlSurface;
import io.cacheoperator.simulator.http.SimulatorServer;
import io.cacheoperator.simulator.iam.Authorization;
import io.cacheoperator.simulator.iam.Authorizer;
import io.cacheoperator.simulator.iam.Principals;
import io.cacheoperator.simulator.pipeline.CallPipeline;
import io.cacheoperator.simulator.service.ServiceRegistry;
import io.cacheoperator.simulator.tagging.TaggingService;
import io.cacheoperator.simulator.world.SimulatorClock;
import io.cacheoperator.simulator.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AWS endpoints on a loopback port, over an in-memory world: {@code Simulator.builder().build().start()}. Point any AWS client at
 * {@link #endpoint()}. Signatures are not checked; region and account come from the credentials that the client signs with.
 */
public final class Simulator implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Simulator.class);
    private static final Duration TICK = Duration.ofMillis(50);
    private final SimulatorClock clock;
    private final World world;
    private final Principals principals;
    private final Faults faults;
    private final CallLog callLog = new CallLog();
    private final CallHooks hooks = new CallHooks();
    private final ElastiCacheKnobs elastiCacheKnobs = new ElastiCacheKnobs();
    private final TaggingService tagging;
    private final ElastiCacheService elastiCache;
    private final SimulatorServer server;
    private final Thread ticker;

    private Simulator(Builder builder) {
        this.clock = builder.clock;
        this.world = new World(clock, builder.account);
        this.principals = new Principals(builder.account);
        this.faults = new Faults(builder.seed);
        if (builder.latency.isPositive()) {
            faults.latency(FaultScope.all(), builder.latency);
        }
        Services assembled = Services.of(
                world,
                principals,
                network -> new ElastiCacheConfig(builder.durations, network, builder.nodes, elastiCacheKnobs));
        this.tagging = assembled.tagging();
        this.elastiCache = assembled.elastiCache();
        ServiceRegistry services = new ServiceRegistry(assembled.all());
        Authorization authorization = new Authorization(principals, builder.authorizer);
        CallPipeline pipeline = new CallPipeline(world, services, authorization, faults, hooks, callLog);
        ControlSurface control = new ControlSurface(clock, faults, callLog, services);
        try {
            this.server = SimulatorServer.bind(builder.port, pipeline, control);
        } catch (IOException portTaken) {
            throw new UncheckedIOException("cannot listen on port " + builder.port, portTaken);
        }
        clock.onAdvance(world::settle);
        this.ticker = Thread.ofVirtual().name("simulator-ticker").unstarted(this::tick);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Begins to serve, and lets time pass. */
    public Simulator start() {
        server.start();
        if (clock.scale() > 0) {
            ticker.start();
        }
        return this;
    }

    /** What {@code AWS_ENDPOINT_URL} is set to. */
    public URI endpoint() {
        return server.endpoint();
    }

    public SimulatorClock clock() {
        return clock;
    }

    public World world() {
        return world;
    }

    public Principals principals() {
        return principals;
    }

    public Faults faults() {
        return faults;
    }

    public CallLog callLog() {
        return callLog;
    }

    public CallHooks hooks() {
        return hooks;
    }

    /** The Resource Groups Tagging API, which can be made to lag. */
    public TaggingService tagging() {
        return tagging;
    }

    /** ElastiCache of the default account in a region, as a person in the AWS console sees and changes it. */
    public ElastiCacheConsole elastiCache(String region) {
        return elastiCache.console(world.region(region));
    }

    /** What ElastiCache does rarely, to be had when a test wants it. */
    public ElastiCacheKnobs elastiCacheKnobs() {
        return elastiCacheKnobs;
    }

    @Override
    public void close() {
        ticker.interrupt();
        server.close();
    }

    /** Lets what is due happen also while nobody calls: real nodes start when their cache becomes available, not when it is looked at. */
    private void tick() {
        try {
            while (true) {
                Thread.sleep(TICK);
                settle();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void settle() {
        try {
            world.settle();
        } catch (RuntimeException bug) {
            log.error("a transition failed in the simulator itself", bug);
        }
    }

    /** What a simulator is made of; all of it has a default. */
    public static final class Builder {
        /** The account of callers whose access key names none. */
        public static final String DEFAULT_ACCOUNT = "000000000000";

        private int port;
        private SimulatorClock clock = SimulatorClock.scaled(1);
        private String account = DEFAULT_ACCOUNT;
        private Duration latency = Duration.ZERO;
        private Authorizer authorizer = Authorizer.permitAll();
        private ElastiCacheDurations durations = ElastiCacheDurations.aws();
        private Nodes nodes = Nodes.NONE;
        private long seed;

        private Builder() {}

        /** The port on loopback; 0, the default, for any free one. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** Its time; the default is real time. */
        public Builder clock(SimulatorClock clock) {
            this.clock = clock;
            return this;
        }

        /** The account of callers whose access key names none: twelve digits, the default is {@value #DEFAULT_ACCOUNT}. */
        public Builder account(String account) {
            this.account = account;
            return this;
        }

        /** How long each call takes at least, in real time; none by default. */
        public Builder latency(Duration latency) {
            this.latency = latency;
            return this;
        }

        /** Who may do what; by default everyone everything. */
        public Builder authorizer(Authorizer authorizer) {
            this.authorizer = authorizer;
            return this;
        }

        /** How long ElastiCache takes for what; by default as long as AWS. */
        public Builder durations(ElastiCacheDurations durations) {
            this.durations = durations;
            return this;
        }

        /** What runs behind the endpoints of caches; nothing by default. Whoever made it closes it, after the simulator. */
        public Builder nodes(Nodes nodes) {
            this.nodes = nodes;
            return this;
        }

        /** Decides which calls the random faults hit. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * Takes the port. {@link Simulator#start} begins to serve.
         *
         * @throws UncheckedIOException if the port is taken
         */
        public Simulator build() {
            return new Simulator(this);
        }
    }
}
