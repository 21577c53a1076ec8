"""Drives a simulator with boto3, whose models and parsers are not the Java SDK's."""
import json
import os
import re
import urllib.request

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError

import boto3_strict

ENDPOINT = os.environ["AWS_ENDPOINT_URL"]
boto3_strict.watch()


def client(service):
    return boto3.client(
        service,
        endpoint_url=ENDPOINT,
        region_name="eu-west-1",
        aws_access_key_id="111111111111",
        aws_secret_access_key="secret",
        config=Config(retries={"max_attempts": 0}),
    )


def control(path, body):
    request = urllib.request.Request(ENDPOINT + "/_simulator/" + path, data=json.dumps(body).encode(), method="POST")
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def refused(call, code, status=400):
    try:
        call()
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error.response
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] == status, error.response
        assert error.response["ResponseMetadata"]["RequestId"], error.response
        return error.response["Error"]["Message"]
    raise AssertionError("not refused: " + code)


def network():
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]
    assert vpc["CidrBlockAssociationSet"][0]["CidrBlockState"] == {"State": "associated"}, vpc
    zones = [zone["ZoneName"] for zone in ec2.describe_availability_zones()["AvailabilityZones"]]
    assert zones == ["eu-west-1a", "eu-west-1b", "eu-west-1c"], zones
    subnets = [
        ec2.create_subnet(VpcId=vpc["VpcId"], CidrBlock="10.0.%d.0/24" % i, AvailabilityZone=zone)["Subnet"]["SubnetId"]
        for i, zone in enumerate(zones)
    ]
    group = ec2.create_security_group(
        GroupName="g",
        Description="d",
        VpcId=vpc["VpcId"],
        TagSpecifications=[{"ResourceType": "security-group", "Tags": [{"Key": "k", "Value": "v"}]}],
    )
    assert group["Tags"] == [{"Key": "k", "Value": "v"}], group
    group = group["GroupId"]
    answer = ec2.authorize_security_group_ingress(
        GroupId=group,
        IpPermissions=[
            {"IpProtocol": "tcp", "FromPort": 6379, "ToPort": 6379, "IpRanges": [{"CidrIp": "10.0.0.9/8", "Description": "x"}]}
        ],
    )
    rule = answer["SecurityGroupRules"][0]
    assert answer["Return"] is True and rule["CidrIpv4"] == "10.0.0.0/8" and rule["IsEgress"] is False, answer
    message = refused(
        lambda: ec2.authorize_security_group_ingress(
            GroupId=group, IpProtocol="tcp", FromPort=6379, ToPort=6379, CidrIp="10.0.0.0/8"
        ),
        "InvalidPermission.Duplicate",
    )
    assert "peer: 10.0.0.0/8, TCP, from port: 6379" in message, message
    pages = ec2.get_paginator("describe_subnets").paginate(PaginationConfig={"PageSize": 5})
    found = [subnet["SubnetId"] for page in pages for subnet in page["Subnets"]]
    assert len(found) == 6 and set(subnets) <= set(found), found
    shown = ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [vpc["VpcId"]]}])["SecurityGroups"]
    assert {g["GroupName"] for g in shown} == {"g", "default"}, shown
    assert [g["IpPermissions"] for g in shown if g["GroupName"] == "g"][0][0]["PrefixListIds"] == [], shown
    refused(lambda: ec2.delete_vpc(VpcId=vpc["VpcId"]), "DependencyViolation")
    refused(lambda: ec2.describe_vpcs(VpcIds=["vpc-1"], DryRun=True), "DryRunOperation", 412)
    return subnets, group


def filters():
    """Every filter that EC2's reference lists for what is simulated is understood, if only to find nothing."""
    ec2 = client("ec2")
    for operation in ("DescribeVpcs", "DescribeSubnets", "DescribeSecurityGroups", "DescribeSecurityGroupRules",
                      "DescribeNetworkInterfaces", "DescribeAvailabilityZones", "DescribeRouteTables", "DescribeNetworkAcls",
                      "DescribeTags", "DescribePrefixLists", "DescribeManagedPrefixLists", "DescribeRegions"):
        model = ec2.meta.service_model.operation_model(operation)
        listed = re.findall(r"<li> <p> ?<code>([a-zA-Z0-9.-]+)</code>", model.input_shape.members["Filters"].documentation)
        assert len(listed) > 1, operation
        for name in listed:
            if name != "tag":  # Written tag:<key>.
                getattr(ec2, xform_name(operation))(Filters=[{"Name": name, "Values": ["x"]}])
    association = ec2.create_vpc(CidrBlock="10.1.0.0/16", AmazonProvidedIpv6CidrBlock=True)["Vpc"][
        "Ipv6CidrBlockAssociationSet"][0]["AssociationId"]
    found = ec2.describe_vpcs(Filters=[{"Name": "ipv6-cidr-block-association.association-id", "Values": [association]}])
    assert len(found["Vpcs"]) == 1, found


def cache(subnets, group):
    elasticache = client("elasticache")
    made = elasticache.create_cache_subnet_group(
        CacheSubnetGroupName="Subnets", CacheSubnetGroupDescription="d", SubnetIds=subnets
    )["CacheSubnetGroup"]
    assert made["CacheSubnetGroupName"] == "subnets", made
    assert {s["SubnetAvailabilityZone"]["Name"] for s in made["Subnets"]} == {"eu-west-1a", "eu-west-1b", "eu-west-1c"}
    assert elasticache.describe_replication_groups()["ReplicationGroups"] == []
    created = elasticache.create_replication_group(
        ReplicationGroupId="orders",
        ReplicationGroupDescription="d",
        Engine="valkey",
        CacheNodeType="cache.t4g.micro",
        CacheSubnetGroupName="subnets",
        SecurityGroupIds=[group],
        TransitEncryptionEnabled=True,
        Tags=[{"Key": "owner", "Value": "me"}],
    )["ReplicationGroup"]
    assert created["Status"] == "creating" and created["PendingModifiedValues"] == {}, created
    assert created["ReplicationGroupCreateTime"].tzinfo is not None, created
    message = refused(lambda: elasticache.describe_replication_groups(ReplicationGroupId="x"), "ReplicationGroupNotFoundFault", 404)
    assert message, message
    control("clock/advance", {"duration": "PT1H"})
    shown = elasticache.describe_replication_groups(ReplicationGroupId="orders")["ReplicationGroups"][0]
    assert shown["Status"] == "available", shown
    assert shown["NodeGroups"][0]["PrimaryEndpoint"]["Port"] == 6379, shown
    tags = elasticache.list_tags_for_resource(ResourceName=created["ARN"])["TagList"]
    assert tags == [{"Key": "owner", "Value": "me"}], tags
    mappings = client("resourcegroupstaggingapi").get_resources(TagFilters=[{"Key": "owner", "Values": ["me"]}])
    assert created["ARN"] in {m["ResourceARN"] for m in mappings["ResourceTagMappingList"]}, mappings
    refused(lambda: client("ec2").delete_security_group(GroupId=group), "DependencyViolation")


def identity():
    sts = client("sts")
    assert sts.get_caller_identity()["Account"] == "111111111111"
    role = sts.assume_role(RoleArn="arn:aws:iam::222222222222:role/r", RoleSessionName="me")
    assert role["Credentials"]["Expiration"].tzinfo is not None, role
    assert role["AssumedRoleUser"]["Arn"] == "arn:aws:sts::222222222222:assumed-role/r/me", role


def faults():
    control("faults", {"effect": "throttle", "service": "elasticache", "next": 1})
    refused(lambda: client("elasticache").describe_events(), "Throttling")
    client("elasticache").describe_events()
    control("faults", {"effect": "throttle", "service": "tagging", "next": 1})
    refused(lambda: client("resourcegroupstaggingapi").get_resources(), "ThrottlingException")


cache(*network())
filters()
identity()
faults()
boto3_strict.report()
print("boto3 " + boto3.__version__ + " is content")
