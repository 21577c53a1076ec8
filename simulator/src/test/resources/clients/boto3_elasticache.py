"""Takes every kind of ElastiCache resource through its life with boto3, whose models are not the simulator's."""
from boto3_world import cluster, ec, ec2, gone, group, refused, released, run, settled, until

vpc = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]["VpcId"]
subnets = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]
security_group = ec2.create_security_group(GroupName="caches", Description="d", VpcId=vpc)["GroupId"]


def subnet_groups():
    made = ec.create_cache_subnet_group(
        CacheSubnetGroupName="My-Subnets",
        CacheSubnetGroupDescription="d",
        SubnetIds=[s["SubnetId"] for s in subnets[:2]],
        Tags=[{"Key": "a", "Value": "1"}],
    )["CacheSubnetGroup"]
    assert made["CacheSubnetGroupName"] == "my-subnets" and made["VpcId"] == vpc
    assert {s["SubnetAvailabilityZone"]["Name"] for s in made["Subnets"]} == {s["AvailabilityZone"] for s in subnets[:2]}
    assert ec.list_tags_for_resource(ResourceName=made["ARN"])["TagList"] == [{"Key": "a", "Value": "1"}]
    changed = ec.modify_cache_subnet_group(
        CacheSubnetGroupName="my-subnets", SubnetIds=[s["SubnetId"] for s in subnets]
    )["CacheSubnetGroup"]
    assert len(changed["Subnets"]) == len(subnets)
    refused("CacheSubnetGroupAlreadyExists", ec.create_cache_subnet_group, CacheSubnetGroupName="my-subnets",
            CacheSubnetGroupDescription="d", SubnetIds=[subnets[0]["SubnetId"]])
    refused("InvalidParameterValue", ec.create_cache_subnet_group, CacheSubnetGroupName="other",
            CacheSubnetGroupDescription="d", SubnetIds=["subnet-none"])
    refused("CacheSubnetGroupNotFoundFault", ec.describe_cache_subnet_groups, CacheSubnetGroupName="none")


def parameter_groups():
    made = ec.create_cache_parameter_group(
        CacheParameterGroupName="mine", CacheParameterGroupFamily="valkey8", Description="d"
    )["CacheParameterGroup"]
    assert made["IsGlobal"] is False and made["CacheParameterGroupFamily"] == "valkey8"
    ec.modify_cache_parameter_group(CacheParameterGroupName="mine", ParameterNameValues=[
        {"ParameterName": "maxmemory-policy", "ParameterValue": "allkeys-lru"},
        {"ParameterName": "timeout", "ParameterValue": "300"}])
    user = ec.describe_cache_parameters(CacheParameterGroupName="mine", Source="user")["Parameters"]
    assert {p["ParameterName"]: p["ParameterValue"] for p in user} == {"maxmemory-policy": "allkeys-lru", "timeout": "300"}
    assert all(p["Source"] == "user" and p["ChangeType"] == "immediate" and p["IsModifiable"] for p in user)
    pages = list(ec.get_paginator("describe_cache_parameters").paginate(
        CacheParameterGroupName="mine", PaginationConfig={"PageSize": 20}))
    assert len(pages) > 2 and len({p["ParameterName"] for page in pages for p in page["Parameters"]}) > 60
    assert "allowed values are:yes,no" in refused(
        "InvalidParameterValue", ec.modify_cache_parameter_group, CacheParameterGroupName="mine",
        ParameterNameValues=[{"ParameterName": "activedefrag", "ParameterValue": "maybe"}])
    refused("InvalidParameterValue", ec.modify_cache_parameter_group, CacheParameterGroupName="mine",
            ParameterNameValues=[{"ParameterName": "appendonly", "ParameterValue": "yes"}])
    refused("InvalidParameterValue", ec.modify_cache_parameter_group, CacheParameterGroupName="default.redis7",
            ParameterNameValues=[{"ParameterName": "timeout", "ParameterValue": "20"}])
    ec.reset_cache_parameter_group(
        CacheParameterGroupName="mine", ParameterNameValues=[{"ParameterName": "timeout"}])
    user = ec.describe_cache_parameters(CacheParameterGroupName="mine", Source="user")["Parameters"]
    assert [p["ParameterName"] for p in user] == ["maxmemory-policy"]
    defaults = ec.describe_engine_default_parameters(CacheParameterGroupFamily="memcached1.6")["EngineDefaults"]
    by_type = {p["ParameterName"]: p for p in defaults["CacheNodeTypeSpecificParameters"]}
    values = {v["CacheNodeType"]: v["Value"] for v in by_type["max_cache_memory"]["CacheNodeTypeSpecificValues"]}
    assert values["cache.m5.large"] == "6537"
    names = [g["CacheParameterGroupName"] for page in ec.get_paginator("describe_cache_parameter_groups").paginate()
             for g in page["CacheParameterGroups"]]
    assert {"default.redis7", "default.redis7.cluster.on", "default.valkey9", "default.memcached1.4", "mine"} <= set(names)


def replication_group():
    refused("ReplicationGroupNotFoundFault", group, name="orders")
    answer = ec.create_replication_group(
        ReplicationGroupId="orders", ReplicationGroupDescription="d", Engine="valkey", EngineVersion="8.0",
        CacheNodeType="cache.t4g.small", NumCacheClusters=2, AutomaticFailoverEnabled=True, MultiAZEnabled=True,
        CacheParameterGroupName="mine", CacheSubnetGroupName="my-subnets", SecurityGroupIds=[security_group],
        TransitEncryptionEnabled=True, AuthToken="0123456789abcdef", PreferredMaintenanceWindow="Sun:05:00-Sun:06:00",
        SnapshotRetentionLimit=2, Tags=[{"Key": "owner", "Value": "me"}])["ReplicationGroup"]
    assert answer["Status"] == "creating" and answer["AutomaticFailover"] == "enabling" and "NodeGroups" not in answer
    refused("InvalidReplicationGroupState", ec.modify_replication_group, ReplicationGroupId="orders",
            ReplicationGroupDescription="x")
    refused("InvalidReplicationGroupState", ec.list_tags_for_resource, ResourceName=answer["ARN"])
    shown = settled("orders")
    ec.get_waiter("replication_group_available").wait(ReplicationGroupId="orders")
    assert shown["AuthTokenEnabled"] and shown["TransitEncryptionMode"] == "required" and shown["AtRestEncryptionEnabled"]
    shard = shown["NodeGroups"][0]
    assert shard["PrimaryEndpoint"]["Address"].startswith("master.orders.") and shard["PrimaryEndpoint"]["Port"] == 6379
    assert [m["CurrentRole"] for m in shard["NodeGroupMembers"]] == ["primary", "replica"]
    assert ec.list_tags_for_resource(ResourceName=shown["ARN"])["TagList"] == [{"Key": "owner", "Value": "me"}]
    member = cluster("orders-001")
    assert member["EngineVersion"] == "8.0.1" and member["PreferredMaintenanceWindow"] == "sun:05:00-sun:06:00"
    assert member["CacheNodes"][0]["CustomerAvailabilityZone"] and member["PendingModifiedValues"] == {}
    assert member["SecurityGroups"] == [{"SecurityGroupId": security_group, "Status": "active"}]
    refused("DependencyViolation", ec2.delete_security_group, GroupId=security_group)
    refused("CacheSubnetGroupInUse", ec.delete_cache_subnet_group, CacheSubnetGroupName="my-subnets")
    refused("InvalidCacheParameterGroupState", ec.delete_cache_parameter_group, CacheParameterGroupName="mine")

    ec.modify_replication_group(ReplicationGroupId="orders", CacheNodeType="cache.m6g.large", ApplyImmediately=True)
    assert settled("orders")["CacheNodeType"] == "cache.m6g.large"
    ec.increase_replica_count(ReplicationGroupId="orders", NewReplicaCount=2, ApplyImmediately=True)
    assert len(settled("orders")["MemberClusters"]) == 3
    refused("NoOperationFault", ec.increase_replica_count, ReplicationGroupId="orders", NewReplicaCount=2,
            ApplyImmediately=True)
    ec.decrease_replica_count(ReplicationGroupId="orders", NewReplicaCount=1, ApplyImmediately=True)
    assert len(settled("orders")["MemberClusters"]) == 2
    ec.modify_replication_group(ReplicationGroupId="orders", AuthToken="fedcba9876543210",
                                AuthTokenUpdateStrategy="ROTATE", ApplyImmediately=True)
    settled("orders")
    ec.add_tags_to_resource(ResourceName=shown["ARN"], Tags=[{"Key": "b", "Value": "2"}])
    assert group("orders")["Status"] == "modifying"
    settled("orders")
    assert len(ec.list_tags_for_resource(ResourceName=member["ARN"])["TagList"]) == 2
    refused("TagNotFound", ec.remove_tags_from_resource, ResourceName=shown["ARN"], TagKeys=["none"])
    assert "cache.r6g.large" in ec.list_allowed_node_type_modifications(ReplicationGroupId="orders")["ScaleUpModifications"]


def snapshots():
    made = ec.create_snapshot(ReplicationGroupId="orders", SnapshotName="before")["Snapshot"]
    assert made["SnapshotStatus"] == "creating" and made["SnapshotSource"] == "manual"
    assert group("orders")["Status"] == "snapshotting"
    until("snapshot", lambda: ec.describe_snapshots(SnapshotName="before")["Snapshots"][0]["SnapshotStatus"] == "available")
    settled("orders")
    refused("SnapshotAlreadyExistsFault", ec.delete_replication_group, ReplicationGroupId="orders",
            FinalSnapshotIdentifier="before")
    ec.copy_snapshot(SourceSnapshotName="before", TargetSnapshotName="copy")
    until("copy", lambda: ec.describe_snapshots(SnapshotName="copy")["Snapshots"][0]["SnapshotStatus"] == "available")
    found = ec.describe_snapshots(ReplicationGroupId="orders", SnapshotSource="user")["Snapshots"]
    assert {s["SnapshotName"] for s in found} == {"before", "copy"}
    ec.create_replication_group(ReplicationGroupId="restored", ReplicationGroupDescription="d", SnapshotName="before",
                                TransitEncryptionEnabled=True)
    assert ec.describe_snapshots(SnapshotName="before")["Snapshots"][0]["SnapshotStatus"] == "restoring"
    assert settled("restored")["CacheNodeType"] == "cache.m6g.large"
    until("snapshot", lambda: ec.describe_snapshots(SnapshotName="before")["Snapshots"][0]["SnapshotStatus"] == "available")
    for name in ("before", "copy"):
        ec.delete_snapshot(SnapshotName=name)
    gone("SnapshotNotFoundFault", ec.describe_snapshots, SnapshotName="before")


def shards():
    ec.create_replication_group(
        ReplicationGroupId="sharded", ReplicationGroupDescription="d", Engine="redis", CacheNodeType="cache.r7g.large",
        NodeGroupConfiguration=[{"NodeGroupId": "0001", "Slots": "0-8191", "ReplicaCount": 1},
                                {"NodeGroupId": "0002", "Slots": "8192-16383", "ReplicaCount": 0}],
        AutomaticFailoverEnabled=True, CacheParameterGroupName="default.redis7.cluster.on")
    shown = settled("sharded")
    assert shown["ClusterEnabled"] and shown["ConfigurationEndpoint"]["Address"].startswith("sharded.")
    assert [s["Slots"] for s in shown["NodeGroups"]] == ["0-8191", "8192-16383"]
    assert "PrimaryEndpoint" not in shown["NodeGroups"][0]
    ec.modify_replication_group_shard_configuration(ReplicationGroupId="sharded", NodeGroupCount=3, ApplyImmediately=True)
    assert group("sharded")["PendingModifiedValues"]["Resharding"]["SlotMigration"]["ProgressPercentage"] >= 0
    assert len(settled("sharded")["NodeGroups"]) == 3
    refused("InvalidReplicationGroupState", ec.modify_replication_group_shard_configuration,
            ReplicationGroupId="sharded", NodeGroupCount=3, ApplyImmediately=True)
    ec.test_failover(ReplicationGroupId="sharded", NodeGroupId="0001")


def memcached():
    ec.create_cache_cluster(CacheClusterId="mem", Engine="memcached", CacheNodeType="cache.t4g.small", NumCacheNodes=2,
                            AZMode="cross-az", Tags=[{"Key": "a", "Value": "1"}])
    until("memcached", lambda: cluster("mem")["CacheClusterStatus"] == "available")
    shown = cluster("mem")
    assert shown["ConfigurationEndpoint"]["Port"] == 11211 and shown["PreferredAvailabilityZone"] == "Multiple"
    ec.modify_cache_cluster(CacheClusterId="mem", NumCacheNodes=1, CacheNodeIdsToRemove=["0002"], ApplyImmediately=True)
    until("fewer nodes", lambda: cluster("mem")["CacheClusterStatus"] == "available"
          and cluster("mem")["NumCacheNodes"] == 1)
    alone = ec.describe_cache_clusters(ShowCacheClustersNotInReplicationGroups=True)["CacheClusters"]
    assert [c["CacheClusterId"] for c in alone] == ["mem"]
    ec.reboot_cache_cluster(CacheClusterId="mem", CacheNodeIdsToReboot=["0001"])
    until("reboot", lambda: cluster("mem")["CacheClusterStatus"] == "available")
    ec.delete_cache_cluster(CacheClusterId="mem")
    gone("CacheClusterNotFound", cluster, name="mem")


def users():
    assert ec.describe_users(UserId="default")["Users"][0]["Authentication"] == {"Type": "no-password"}
    ec.create_user(UserId="mine", UserName="default", Engine="redis", AccessString="on ~* +@read",
                   Passwords=["0123456789abcdef"])
    user = ec.describe_users(UserId="mine")["Users"][0]
    assert user["Status"] == "active" and user["Authentication"] == {"Type": "password", "PasswordCount": 1}
    ec.create_user(UserId="other", UserName="other", Engine="redis", AccessString="on ~* +@all", NoPasswordRequired=True)
    refused("DefaultUserRequired", ec.create_user_group, UserGroupId="team", Engine="redis", UserIds=["other"])
    refused("InvalidParameterCombination", ec.create_user_group, UserGroupId="team", Engine="valkey", UserIds=["other"])
    ec.delete_user(UserId="other")
    ec.create_user_group(UserGroupId="team", Engine="redis", UserIds=["mine"])
    until("group", lambda: ec.describe_user_groups(UserGroupId="team")["UserGroups"][0]["Status"] == "active")
    ec.modify_user(UserId="mine", AppendAccessString="+@write")
    refused("InvalidUserState", ec.modify_user, UserId="mine", AccessString="on ~* +@all")
    until("user", lambda: ec.describe_users(UserId="mine")["Users"][0]["Status"] == "active")
    until("group", lambda: ec.describe_user_groups(UserGroupId="team")["UserGroups"][0]["Status"] == "active")
    ec.delete_user_group(UserGroupId="team")
    gone("UserGroupNotFound", ec.describe_user_groups, UserGroupId="team")
    ec.delete_user(UserId="mine")
    gone("UserNotFound", ec.describe_users, UserId="mine")


def deletion():
    for name in ("orders", "restored", "sharded"):
        settled(name)
        ec.delete_replication_group(ReplicationGroupId=name)
        assert group(name)["Status"] == "deleting"
    for name in ("orders", "restored", "sharded"):
        gone("ReplicationGroupNotFoundFault", group, name=name)
    assert ec.describe_cache_clusters()["CacheClusters"] == []

    until("subnet group", lambda: released("CacheSubnetGroupInUse", ec.delete_cache_subnet_group,
                                           CacheSubnetGroupName="my-subnets"))
    until("parameter group", lambda: released("InvalidCacheParameterGroupState", ec.delete_cache_parameter_group,
                                              CacheParameterGroupName="mine"))
    until("security group", lambda: released("DependencyViolation", ec2.delete_security_group, GroupId=security_group))


def history():
    events = ec.describe_events(SourceType="replication-group", Duration=1440)["Events"]
    assert events[0]["Date"] >= events[-1]["Date"]
    assert any(e["Message"] == "Test Failover API called for node group 0001" for e in events)
    refused("InvalidParameterCombination", ec.describe_events, SourceIdentifier="orders")
    versions = ec.describe_cache_engine_versions(Engine="valkey")["CacheEngineVersions"]
    assert {"7.2", "8.0", "8.1"} <= {v["EngineVersion"] for v in versions}
    default = ec.describe_cache_engine_versions(Engine="redis", DefaultOnly=True)["CacheEngineVersions"]
    assert [v["EngineVersion"] for v in default] == ["7.1"]
    assert ec.describe_service_updates()["ServiceUpdates"] == []
    assert ec.describe_reserved_cache_nodes()["ReservedCacheNodes"] == []


run(subnet_groups, parameter_groups, replication_group, snapshots, shards, memcached, users, deletion, history)
