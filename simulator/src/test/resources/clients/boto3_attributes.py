"""Writes each attribute that can be changed, and reads all of them: what was asked for is there, and nothing else has moved."""
from boto3_world import cluster, cluster_settled, ec, ec2, group, run, settled, until

vpc = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]["VpcId"]
security_groups = [
    ec2.create_security_group(GroupName=name, Description="d", VpcId=vpc)["GroupId"] for name in ("one", "two")
]
TOPIC = "arn:aws:sns:us-east-1:000000000000:"
TOKEN = "abcdefghijklmnop"
M = "members.*."


def log(kind, destination, form="json"):
    return {
        "LogType": kind,
        "LogFormat": form,
        "DestinationType": "cloudwatch-logs",
        "DestinationDetails": {"CloudWatchLogsDetails": {"LogGroup": destination}},
    }


def flat(value, path=""):
    """Every leaf by its path; empty structures and lists are leaves too, for absent is not empty."""
    if isinstance(value, dict) and value:
        parts = value.items()
    elif isinstance(value, list) and value:
        parts = enumerate(value)
    else:
        return {path: value}
    leaves = {}
    for key, part in parts:
        leaves.update(flat(part, "%s.%s" % (path, key) if path else str(key)))
    return leaves


def differences(before, after):
    before, after = flat(before), flat(after)
    return {key: after.get(key, "absent") for key in before.keys() | after.keys()
            if before.get(key, "absent") != after.get(key, "absent")}


def expanded(expected, members):
    """Expectations for every member, written as one."""
    found = {}
    for key, value in expected.items():
        for member in members if key.startswith(M) else [None]:
            found[key.replace("*", member) if member else key] = value
    return found


ANY = object()


def compare(what, found, expected):
    assert found.keys() == expected.keys(), "%s changed %s, not %s" % (what, sorted(found), sorted(expected))
    for key, value in expected.items():
        assert value is ANY or found[key] == value, "%s made %s %r, not %r" % (what, key, found[key], value)


def whole(name):
    shown = group(name)
    return {"group": shown, "members": {member: cluster(member) for member in shown["MemberClusters"]}}


def changes(name, arguments, expected, call=ec.modify_replication_group):
    before = whole(name)
    call(ReplicationGroupId=name, ApplyImmediately=True, **arguments)
    settled(name)
    after = whole(name)
    stayed = before["members"].keys() & after["members"].keys()
    for world in (before, after):
        world["members"] = {member: world["members"][member] for member in stayed}
    compare(arguments, differences(before, after), expanded(expected, stayed))


def replication_group():
    for name in ("first", "second"):
        ec.create_cache_parameter_group(CacheParameterGroupName=name, CacheParameterGroupFamily="redis7", Description="d")
    created = ec.create_replication_group(
        ReplicationGroupId="Orders", ReplicationGroupDescription="a <b> & \"c\"", Engine="redis", EngineVersion="7.0",
        CacheNodeType="cache.r7g.large", NumCacheClusters=3, AutomaticFailoverEnabled=True, MultiAZEnabled=True,
        PreferredCacheClusterAZs=["us-east-1c", "us-east-1a", "us-east-1b"], CacheParameterGroupName="First",
        SecurityGroupIds=security_groups, PreferredMaintenanceWindow="Sun:23:00-Mon:01:30", Port=7000,
        NotificationTopicArn=TOPIC + "a", AutoMinorVersionUpgrade=False, SnapshotRetentionLimit=3,
        SnapshotWindow="05:00-09:00", AuthToken=TOKEN, TransitEncryptionEnabled=True, AtRestEncryptionEnabled=True,
        KmsKeyId="arn:aws:kms:us-east-1:000000000000:key/1", NetworkType="ipv4", IpDiscovery="ipv4",
        TransitEncryptionMode="required", LogDeliveryConfigurations=[log("slow-log", "a"), log("engine-log", "b", "text")],
    )["ReplicationGroup"]
    shown = settled("orders")
    filled = {"NodeGroups", "AutomaticFailover", "Status"}
    assert shown.keys() == created.keys() | filled and "ConfigurationEndpoint" not in shown, shown
    assert shown["Description"] == "a <b> & \"c\"" and shown["SnapshottingClusterId"] == "orders-003"
    assert [m["PreferredAvailabilityZone"] for m in shown["NodeGroups"][0]["NodeGroupMembers"]] == [
        "us-east-1c", "us-east-1a", "us-east-1b"]
    assert [entry["Status"] for entry in shown["LogDeliveryConfigurations"]] == ["active", "active"]
    member = cluster("orders-001")
    assert member["AuthTokenLastModifiedDate"] == shown["AuthTokenLastModifiedDate"]
    assert member["LogDeliveryConfigurations"] == shown["LogDeliveryConfigurations"]
    assert member["CacheParameterGroup"]["CacheParameterGroupName"] == "first"
    assert member["PreferredMaintenanceWindow"] == "sun:23:00-mon:01:30"
    assert [s["SecurityGroupId"] for s in member["SecurityGroups"]] == security_groups


def replication_group_changes():
    def change(expected, **arguments):
        changes("orders", arguments, expected)

    change({"group.Description": "new"}, ReplicationGroupDescription="new")
    change({M + "PreferredMaintenanceWindow": "mon:01:00-mon:02:00"}, PreferredMaintenanceWindow="Mon:01:00-Mon:02:00")
    change({"group.SnapshotWindow": "10:00-12:00", M + "SnapshotWindow": "10:00-12:00"}, SnapshotWindow="10:00-12:00")
    change({"group.SnapshotRetentionLimit": 0, "group.SnapshottingClusterId": "absent",
            "members.orders-003.SnapshotRetentionLimit": 0}, SnapshotRetentionLimit=0)
    change({"group.SnapshotRetentionLimit": 7, "group.SnapshottingClusterId": "orders-002",
            "members.orders-002.SnapshotRetentionLimit": 7}, SnapshotRetentionLimit=7, SnapshottingClusterId="orders-002")
    change({"group.AutoMinorVersionUpgrade": True, M + "AutoMinorVersionUpgrade": True}, AutoMinorVersionUpgrade=True)
    change({M + "NotificationConfiguration.TopicArn": TOPIC + "b"}, NotificationTopicArn=TOPIC + "b")
    change({M + "NotificationConfiguration.TopicStatus": "inactive"}, NotificationTopicStatus="inactive")
    change({M + "SecurityGroups.0.SecurityGroupId": security_groups[1], M + "SecurityGroups.1.SecurityGroupId": "absent",
            M + "SecurityGroups.1.Status": "absent"}, SecurityGroupIds=security_groups[1:])
    change({M + "CacheParameterGroup.CacheParameterGroupName": "second"}, CacheParameterGroupName="Second")
    change({"group.CacheNodeType": "cache.r7g.xlarge", M + "CacheNodeType": "cache.r7g.xlarge"},
           CacheNodeType="cache.r7g.xlarge")
    change({M + "EngineVersion": "7.1.0"}, EngineVersion="7.1")
    change({"group.MultiAZ": "disabled"}, MultiAZEnabled=False)
    change({"group.AutomaticFailover": "disabled"}, AutomaticFailoverEnabled=False)
    roles = "group.NodeGroups.0.NodeGroupMembers.%d.CurrentRole"
    change({roles % 0: "replica", roles % 1: "primary"}, PrimaryClusterId="orders-002")
    change({"group.MultiAZ": "enabled", "group.AutomaticFailover": "enabled"},
           AutomaticFailoverEnabled=True, MultiAZEnabled=True)
    moved = {"group.AuthTokenLastModifiedDate": ANY, M + "AuthTokenLastModifiedDate": ANY}
    change(moved, AuthToken="qrstuvwxyzqrstuv", AuthTokenUpdateStrategy="ROTATE")
    change(moved, AuthToken="qrstuvwxyzqrstuv", AuthTokenUpdateStrategy="SET")
    logs = "LogDeliveryConfigurations.%d."
    where = logs + "DestinationDetails.CloudWatchLogsDetails.LogGroup"
    change({place + part: "absent" for place in ("group.", M) for part in (
        where % 1, logs % 1 + "DestinationType", logs % 1 + "LogFormat", logs % 1 + "LogType", logs % 1 + "Status")},
        LogDeliveryConfigurations=[{"LogType": "engine-log", "Enabled": False}])
    change({"group." + where % 0: "c", M + where % 0: "c"}, LogDeliveryConfigurations=[log("slow-log", "c")])


def shape_changes():
    members = "group.MemberClusters."
    nodes = "group.NodeGroups.0.NodeGroupMembers."
    node = {"CacheClusterId": "orders-004", "CacheNodeId": "0001", "CurrentRole": "replica",
            "PreferredAvailabilityZone": ANY, "ReadEndpoint.Address": ANY, "ReadEndpoint.Port": 7000}
    changes("orders", {"NewReplicaCount": 3}, {
        members + "3": "orders-004", **{nodes + "3." + key: value for key, value in node.items()}},
        call=ec.increase_replica_count)
    changes("orders", {"ReplicasToRemove": ["orders-004"]}, {
        members + "3": "absent", **{nodes + "3." + key: "absent" for key in node}}, call=ec.decrease_replica_count)


def access_changes():
    ec.create_user(UserId="everyone", UserName="default", Engine="redis", AccessString="on ~* +@all", Passwords=[TOKEN])
    ec.create_user_group(UserGroupId="team", Engine="redis", UserIds=["everyone"])
    until("team", lambda: ec.describe_user_groups(UserGroupId="team")["UserGroups"][0]["Status"] == "active")
    moved = {"group.AuthTokenLastModifiedDate": ANY, M + "AuthTokenLastModifiedDate": ANY}
    changes("orders", {"UserGroupIdsToAdd": ["team"], "AuthTokenUpdateStrategy": "DELETE"}, {
        "group.UserGroupIds.0": "team", "group.AuthTokenEnabled": False, M + "AuthTokenEnabled": False, **moved})
    assert ec.describe_user_groups(UserGroupId="team")["UserGroups"][0]["ReplicationGroups"] == ["orders"]
    changes("orders", {"RemoveUserGroups": True, "AuthToken": TOKEN, "AuthTokenUpdateStrategy": "SET"}, {
        "group.UserGroupIds.0": "absent", "group.AuthTokenEnabled": True, M + "AuthTokenEnabled": True, **moved})
    modified = ec.modify_user(UserId="everyone", Engine="valkey")
    assert modified["Engine"] == "valkey" and modified["MinimumEngineVersion"] == "7.2", modified


def engine_and_mode_changes():
    parameters = M + "CacheParameterGroup.CacheParameterGroupName"
    changes("orders", {"Engine": "valkey", "EngineVersion": "8.0", "CacheParameterGroupName": "default.valkey8"}, {
        "group.Engine": "valkey", M + "Engine": "valkey", M + "EngineVersion": "8.0.1", parameters: "default.valkey8"})
    changes("orders", {"ClusterMode": "compatible"}, {
        "group.ClusterMode": "compatible", "group.ConfigurationEndpoint.Address": ANY,
        "group.ConfigurationEndpoint.Port": 7000, parameters: "default.valkey8.cluster.on"})
    ec.modify_replication_group(ReplicationGroupId="orders", ClusterMode="enabled", ApplyImmediately=True)
    shown = settled("orders")
    assert shown["ClusterEnabled"] and shown["NodeGroups"][0]["Slots"] == "0-16383"
    assert not {"PrimaryEndpoint", "ReaderEndpoint"} & shown["NodeGroups"][0].keys(), shown


def encryption_in_place():
    ec.create_replication_group(ReplicationGroupId="plain", ReplicationGroupDescription="d", Engine="redis",
                                EngineVersion="7.1", CacheNodeType="cache.t4g.small")
    assert "TransitEncryptionMode" not in settled("plain")
    names = {place: ANY for place in (
        "group.NodeGroups.0.PrimaryEndpoint.Address", "group.NodeGroups.0.ReaderEndpoint.Address",
        "group.NodeGroups.0.NodeGroupMembers.0.ReadEndpoint.Address", M + "CacheNodes.0.Endpoint.Address")}
    changes("plain", {"TransitEncryptionEnabled": True, "TransitEncryptionMode": "preferred"}, {
        "group.TransitEncryptionEnabled": True, "group.TransitEncryptionMode": "preferred",
        M + "TransitEncryptionEnabled": True, M + "TransitEncryptionMode": "preferred", **names})
    changes("plain", {"TransitEncryptionMode": "required"}, {
        "group.TransitEncryptionMode": "required", M + "TransitEncryptionMode": "required"})


def cluster_changes(name, arguments, expected):
    before = cluster(name)
    ec.modify_cache_cluster(CacheClusterId=name, ApplyImmediately=True, **arguments)
    compare(arguments, differences(before, cluster_settled(name)), expected)


def memcached():
    ec.create_cache_cluster(
        CacheClusterId="Sessions", Engine="memcached", EngineVersion="1.6.17", CacheNodeType="cache.m6g.large",
        NumCacheNodes=3, AZMode="cross-az", PreferredAvailabilityZones=["us-east-1a", "us-east-1b", "us-east-1b"],
        PreferredMaintenanceWindow="Mon:01:00-Mon:02:00", Port=12000, NotificationTopicArn=TOPIC + "a",
        SecurityGroupIds=security_groups[:1], AutoMinorVersionUpgrade=False, TransitEncryptionEnabled=True)
    shown = cluster_settled("sessions")
    assert shown["TransitEncryptionMode"] == "required" and "SnapshotRetentionLimit" not in shown, shown
    assert [n["CustomerAvailabilityZone"] for n in shown["CacheNodes"]] == ["us-east-1a", "us-east-1b", "us-east-1b"]
    node = {"CacheNodeId": "0004", "CacheNodeStatus": "available", "CacheNodeCreateTime": ANY, "Endpoint.Address": ANY,
            "Endpoint.Port": 12000, "ParameterGroupStatus": "in-sync", "CustomerAvailabilityZone": "us-east-1c"}
    cluster_changes("sessions", {"NumCacheNodes": 4, "AZMode": "cross-az"}, {
        "NumCacheNodes": 4, **{"CacheNodes.3." + key: value for key, value in node.items()}})
    cluster_changes("sessions", {"NumCacheNodes": 3, "CacheNodeIdsToRemove": ["0004"]}, {
        "NumCacheNodes": 3, **{"CacheNodes.3." + key: "absent" for key in node}})
    cluster_changes("sessions", {"CacheNodeType": "cache.m6g.xlarge", "ScaleConfig": {"ScalePercentage": 20}}, {
        "CacheNodeType": "cache.m6g.xlarge"})
    cluster_changes("sessions", {"EngineVersion": "1.6.22", "SecurityGroupIds": security_groups[1:]}, {
        "EngineVersion": "1.6.22", "SecurityGroups.0.SecurityGroupId": security_groups[1]})
    cluster_changes("sessions", {
        "PreferredMaintenanceWindow": "tue:01:00-tue:02:00", "AutoMinorVersionUpgrade": True,
        "NotificationTopicStatus": "inactive"}, {
        "PreferredMaintenanceWindow": "tue:01:00-tue:02:00", "AutoMinorVersionUpgrade": True,
        "NotificationConfiguration.TopicStatus": "inactive"})


def single_node():
    ec.create_cache_cluster(
        CacheClusterId="single", Engine="redis", EngineVersion="6.2", CacheNodeType="cache.t3.small", NumCacheNodes=1,
        SnapshotRetentionLimit=2, SnapshotWindow="01:00-02:30", PreferredMaintenanceWindow="wed:10:00-wed:11:00",
        SecurityGroupIds=security_groups[:1], NotificationTopicArn=TOPIC + "a", Port=7001)
    cluster_settled("single")
    where = "LogDeliveryConfigurations"
    cluster_changes("single", {
        "CacheNodeType": "cache.t3.medium", "EngineVersion": "7.0", "SnapshotRetentionLimit": 5,
        "SnapshotWindow": "04:00-05:00", where: [log("engine-log", "l")]}, {
        "CacheNodeType": "cache.t3.medium", "EngineVersion": "7.0.7", "SnapshotRetentionLimit": 5,
        "SnapshotWindow": "04:00-05:00", "CacheParameterGroup.CacheParameterGroupName": "default.redis7",
        where: "absent", where + ".0.LogType": "engine-log", where + ".0.LogFormat": "json",
        where + ".0.DestinationType": "cloudwatch-logs", where + ".0.Status": "active",
        where + ".0.DestinationDetails.CloudWatchLogsDetails.LogGroup": "l"})
    before = cluster("single")
    ec.create_replication_group(ReplicationGroupId="around", ReplicationGroupDescription="d", PrimaryClusterId="single",
                                NumCacheClusters=2)
    shown = settled("around")
    assert shown["MemberClusters"] == ["single", "around-002"] and shown["SnapshotRetentionLimit"] == 5, shown
    compare("becoming a primary", differences(before, cluster("single")), {
        "ReplicationGroupId": "around", "ReplicationGroupLogDeliveryEnabled": True, "SnapshotRetentionLimit": 0})


run(replication_group, replication_group_changes, shape_changes, access_changes, engine_and_mode_changes,
    encryption_in_place, memcached, single_node)
