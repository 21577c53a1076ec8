"""What the scripts share: clients of a simulator whose time stands still until a script lets it pass, and every answer watched."""
import json
import os
import urllib.request

import boto3
from botocore.exceptions import ClientError

import boto3_strict

boto3_strict.watch()
ec = boto3.client("elasticache")
ec2 = boto3.client("ec2")


def control(path, body):
    url = os.environ["AWS_ENDPOINT_URL"] + "/_simulator/" + path
    request = urllib.request.Request(url, data=json.dumps(body).encode(), method="POST")
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def advance(seconds):
    control("clock/advance", {"duration": "PT%dS" % seconds})


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        return error.response["Error"]["Message"]
    raise AssertionError("not refused: " + code)


def until(what, ready):
    for _ in range(100):
        value = ready()
        if value:
            return value
        advance(1)
    raise AssertionError("in vain waited for " + what)


def gone(code, call, **arguments):
    def absent():
        try:
            call(**arguments)
        except ClientError as error:
            assert error.response["Error"]["Code"] == code, error
            return True
        return False

    until("absence", absent)


def released(code, call, **arguments):
    """Whether something that was in use could be deleted."""
    try:
        call(**arguments)
        return True
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        return False


def group(name):
    return ec.describe_replication_groups(ReplicationGroupId=name)["ReplicationGroups"][0]


def cluster(name):
    return ec.describe_cache_clusters(CacheClusterId=name, ShowCacheNodeInfo=True)["CacheClusters"][0]


def settled(name):
    return until(name, lambda: group(name)["Status"] == "available" and group(name))


def cluster_settled(name):
    return until(name, lambda: cluster(name)["CacheClusterStatus"] == "available" and cluster(name))


def run(*parts):
    for part in parts:
        part()
        boto3_strict.report()
        print("ok", part.__name__)
