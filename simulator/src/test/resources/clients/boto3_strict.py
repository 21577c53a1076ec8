"""Holds every answer against botocore's models, which other SDKs read more strictly than botocore itself does.

After ``watch()`` every client of boto3's default session checks that elements are those of the model, once each unless they are of a
list, that texts fit their types, that values of enumerations are the model's, and that an error's code and HTTP status are ones that the
model has for the operation. ``report()`` raises an error with all that was found.
"""
import re
import xml.etree.ElementTree as ET

import boto3

TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z")
# What any query service answers beside the errors of its model.
COMMON = {
    "InvalidAction", "MissingAction", "MalformedInput", "MissingParameter", "InvalidParameterValue",
    "InvalidParameterCombination", "Throttling", "AccessDenied", "InternalFailure",
}
# Members that botocore reads from another element than all other SDKs, so both are written.
ALSO = {("ReplicationGroupPendingModifiedValues", "LogDeliveryConfigurations"),
        ("PendingModifiedValues", "LogDeliveryConfigurations")}
problems = []


def problem(operation, text):
    found = "%s: %s" % (operation, text)
    if found not in problems:
        problems.append(found)


def local(element):
    return element.tag.rpartition("}")[2]


def name_of(member_name, shape):
    return shape.serialization.get("name", member_name)


def check_structure(op, shape, elements, path):
    known = {}
    for member_name, member in shape.members.items():
        known[name_of(member_name, member)] = member
    counts = {}
    for element in elements:
        tag = local(element)
        if (shape.name, tag) in ALSO:
            continue
        if tag not in known:
            problem(op, "%s/%s is not in the model of %s" % (path, tag, shape.name))
            continue
        member = known[tag]
        counts[tag] = counts.get(tag, 0) + 1
        flattened = member.type_name in ("list", "map") and member.serialization.get("flattened")
        if counts[tag] > 1 and not flattened:
            problem(op, "%s/%s comes more than once" % (path, tag))
        check(op, member, element, path + "/" + tag)


def check(op, shape, element, path):
    kind = shape.type_name
    if kind == "structure":
        if (element.text or "").strip():
            problem(op, "%s has text but is a structure" % path)
        check_structure(op, shape, list(element), path)
    elif kind == "list":
        if shape.serialization.get("flattened"):
            return check(op, shape.member, element, path)
        if (element.text or "").strip():
            problem(op, "%s has text but is a list" % path)
        member = shape.member.serialization.get("name", "member")
        for child in element:
            if local(child) != member:
                problem(op, "%s/%s should be %s" % (path, local(child), member))
            check(op, shape.member, child, path + "[]")
    elif kind == "map":
        problem(op, "%s is a map, which is not checked" % path)
    else:
        if len(element):
            problem(op, "%s has children but is a %s" % (path, kind))
        check_scalar(op, shape, element.text or "", path)


def check_scalar(op, shape, text, path):
    kind = shape.type_name
    good = True
    if kind == "boolean":
        good = text in ("true", "false")
    elif kind in ("integer", "long"):
        good = re.fullmatch(r"-?\d+", text) is not None
    elif kind in ("double", "float"):
        good = re.fullmatch(r"-?\d+(\.\d+)?([eE]-?\d+)?", text) is not None
    elif kind == "timestamp":
        good = TIMESTAMP.fullmatch(text) is not None
    if not good:
        problem(op, "%s is no %s: %r" % (path, kind, text))
    enum = getattr(shape, "enum", None)
    if enum and text not in enum:
        problem(op, "%s has %r, not one of %s" % (path, text, enum))


def check_error(op, model, root, status):
    ec2 = model.metadata["protocol"] == "ec2"
    errors = root.find("Errors") if ec2 else root
    error = next((child for child in errors if local(child) == "Error"), None)
    if error is None:
        return problem(op, "an error without Error element")
    parts = {local(child): child.text or "" for child in error}
    wanted = {"Code", "Message"} if ec2 else {"Type", "Code", "Message"}
    if set(parts) != wanted:
        problem(op, "an error has %s" % sorted(parts))
    if not parts.get("Message"):
        problem(op, "error %s has no message" % parts.get("Code"))
    ids = [local(child) for child in root]
    if ("RequestID" if ec2 else "RequestId") not in ids:
        problem(op, "an error without request id: %s" % ids)
    if ec2:
        return
    codes = {}
    for shape in model.error_shapes:
        modelled = shape.metadata.get("error", {})
        codes[modelled.get("code", shape.name)] = modelled.get("httpStatusCode")
    code = parts.get("Code")
    if code in codes:
        if codes[code] != status:
            problem(op, "error %s has HTTP status %s, not %s" % (code, status, codes[code]))
    elif code not in COMMON:
        problem(op, "error %s is not in the model, which has %s" % (code, sorted(codes)))


def before_parse(operation_model, response_dict, **_):
    op = operation_model.name
    status = response_dict["status_code"]
    body = response_dict["body"]
    if operation_model.metadata["protocol"] not in ("query", "ec2"):
        return
    try:
        root = ET.fromstring(body)
    except ET.ParseError as unreadable:
        return problem(op, "unreadable: %s %r" % (unreadable, body[:200]))
    if "text/xml" not in response_dict["headers"].get("content-type", ""):
        problem(op, "content type %s" % response_dict["headers"].get("content-type"))
    if status >= 300:
        return check_error(op, operation_model, root, status)
    if local(root) != op + "Response":
        problem(op, "root element %s" % local(root))
    output = operation_model.output_shape
    children = list(root)
    if operation_model.metadata["protocol"] == "query":
        metadata = [child for child in children if local(child) == "ResponseMetadata"]
        if len(metadata) != 1 or metadata[0].find("{*}RequestId") is None:
            problem(op, "no RequestId in ResponseMetadata")
        results = [child for child in children if local(child) != "ResponseMetadata"]
        if output is None:
            if results:
                problem(op, "has a result but should not")
            return
        wrapper = output.serialization.get("resultWrapper", op + "Result")
        if [local(child) for child in results] != [wrapper]:
            return problem(op, "result element %s, not %s" % ([local(c) for c in results], wrapper))
        children = list(results[0])
    else:
        ids = [child for child in children if local(child) == "requestId"]
        if len(ids) != 1:
            problem(op, "no requestId")
        children = [child for child in children if local(child) != "requestId"]
        if output is None:
            if [local(child) for child in children] not in ([], ["return"]):
                problem(op, "has a result but should not: %s" % [local(c) for c in children])
            return
    check_structure(op, output, children, op)


def watch():
    """Watches boto3's default session, and clients made of it from now on."""
    boto3.setup_default_session()
    boto3.DEFAULT_SESSION.events.register("before-parse", before_parse)


def report():
    """Fails if anything was not as the models say."""
    assert not problems, "not as botocore's models have it:\n" + "\n".join(problems)
