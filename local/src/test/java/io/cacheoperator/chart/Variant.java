package io.cacheoperator.chart;

import java.util.List;

/** Ways to install the chart, each of which must lint, render and be accepted by the API server. */
enum Variant {
    DEFAULT(""),
    ONE_NAMESPACE("""
            clusterName: blue
            watch: {namespaces: [shop]}
            """),
    LISTED_NAMESPACES("""
            clusterName: blue
            watch: {namespaces: [shop, pay]}
            replicas: 2
            """),
    NO_EXTRAS("""
            crds: {install: false}
            rbac: {create: false}
            serviceAccount: {create: false, name: mine}
            admissionPolicy: {enabled: false}
            leaderElection: {enabled: false}
            podDisruptionBudget: {enabled: false}
            metrics: {service: {enabled: false}}
            probe: {enabled: false}
            nodeSelector: null
            """),
    ALL_ON("""
            clusterName: blue
            region: eu-west-1
            fullnameOverride: eco
            commonLabels: {team: platform}
            defaults:
              subnetSelector: {vpcId: vpc-1, tags: {tier: private}}
              allowFrom: [{cidr: 10.0.0.0/16, description: nodes}, {securityGroupId: sg-1}, {prefixListId: pl-1}]
              tags: {owner: platform}
              kmsKeyId: arn:aws:kms:eu-west-1:111122223333:key/k
              deletionPolicy: Retain
            allow:
              - {namespaces: [shop], takeOver: ["green/shop/*"]}
            reconcileThreads: 4
            poll: {interval: 90s}
            probe: {enabled: true, interval: 2m}
            http: {port: 9090}
            logging: {format: text, level: debug}
            serviceAccount:
              name: eco-account
              annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::111122223333:role/cache-operator"}
            leaderElection: {leaseName: eco-lease}
            replicas: 3
            podDisruptionBudget: {maxUnavailable: 50%}
            metrics:
              service: {annotations: {prometheus.io/scrape: "true"}}
              serviceMonitor: {enabled: true, labels: {release: prometheus}}
              prometheusRule: {enabled: true, disabledAlerts: [CacheDrifted], additionalRules: [{alert: Mine, expr: up == 0}]}
              grafanaDashboard: {enabled: true, annotations: {folder: caches}}
            networkPolicy:
              enabled: true
              metricsFrom: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}}]
              cachePorts: [6380]
              additionalEgress: [{ports: [{port: 3128, protocol: TCP}]}]
            image:
              digest: sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
              pullPolicy: Always
            imagePullSecrets: [{name: registry}]
            aws: {endpointUrl: "http://aws.example:4566"}
            extraEnv: [{name: HTTPS_PROXY, value: "http://proxy.example:3128"}]
            extraEnvFrom: [{secretRef: {name: keys}}]
            extraVolumes: [{name: ca, configMap: {name: ca}}]
            extraVolumeMounts: [{name: ca, mountPath: /etc/ca, readOnly: true}]
            priorityClassName: system-cluster-critical
            tolerations: [{operator: Exists, effect: NoSchedule}]
            affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Exists}]}]}}}
            topologySpreadConstraints: [{maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway}]
            podAnnotations: {note: here}
            podLabels: {tier: control}
            """);

    private final String yaml;

    Variant(String yaml) {
        this.yaml = yaml;
    }

    String yaml() {
        return yaml;
    }

    /** The namespaces that its objects need, besides the release's own. */
    List<String> namespaces() {
        return switch (this) {
            case ONE_NAMESPACE -> List.of("shop");
            case LISTED_NAMESPACES -> List.of("shop", "pay");
            case DEFAULT, NO_EXTRAS, ALL_ON -> List.of();
        };
    }
}
