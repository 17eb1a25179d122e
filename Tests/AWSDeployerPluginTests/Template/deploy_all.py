# SPDX-License-Identifier: Apache-2.0
"""Deploys templates against moto, with what each is told to use.

Arguments: the folder with N.yaml and N.json (the parameters that the product fills in). Prints a line for each.
"""

import json
import os
import pathlib
import sys
import warnings

warnings.filterwarnings("ignore")
os.environ.update(AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_DEFAULT_REGION="us-east-1")

import boto3
from moto import mock_aws


def surroundings(name, parameters):
    """Makes what must be there before, and names it in the parameters."""
    secret = boto3.client("secretsmanager").create_secret(Name=name, SecretString="x")
    parameters["ConfigurationSecret"] = secret["ARN"]
    parameters["ConfigurationVersion"] = secret["VersionId"]
    if "SubnetId" in parameters:
        zone = {"Name": "availability-zone", "Values": [parameters["AvailabilityZone"]]}
        subnet = boto3.client("ec2").describe_subnets(Filters=[zone])["Subnets"][0]
        parameters["NetworkId"], parameters["SubnetId"] = subnet["VpcId"], subnet["SubnetId"]
    if "KeyName" in parameters:
        parameters["KeyName"] = boto3.client("ec2").create_key_pair(KeyName=name)["KeyName"]
    if "HostedZone" in parameters:
        zone = boto3.client("route53").create_hosted_zone(Name="example.org", CallerReference=name)
        parameters["HostedZone"] = zone["HostedZone"]["Id"].split("/")[-1]


def deploy(name, body, parameters):
    stacks = boto3.client("cloudformation")

    def arguments():
        pairs = [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()]
        return {"StackName": name, "TemplateBody": body, "Capabilities": ["CAPABILITY_IAM"], "Parameters": pairs}

    surroundings(name, parameters)
    stacks.create_stack(**arguments())
    stack = stacks.describe_stacks(StackName=name)["Stacks"][0]
    created, outputs = stack["StackStatus"], {o["OutputKey"]: o["OutputValue"] for o in stack["Outputs"]}
    groups = boto3.client("autoscaling").describe_auto_scaling_groups(
        AutoScalingGroupNames=[outputs["ServerGroupName"]]
    )
    parameters["ConfigurationVersion"] = "0" * 32
    stacks.update_stack(**arguments())
    updated = stacks.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"]
    firewall = boto3.client("ec2").describe_security_groups(GroupIds=[outputs["FirewallId"]])["SecurityGroups"][0]
    # Its name is the deployment's, and all of these are the same deployment.
    boto3.client("logs").delete_log_group(logGroupName=outputs["LogGroupName"])
    return {
        "created": created,
        "updated": updated,
        "instances": len(groups["AutoScalingGroups"][0]["Instances"]),
        "open": sorted(rule["FromPort"] for rule in firewall["IpPermissions"]),
        "tags": {tag["Key"]: tag["Value"] for tag in firewall["Tags"]},
        "outputs": outputs,
    }


with mock_aws():
    for file in sorted(pathlib.Path(sys.argv[1]).glob("*.yaml"), key=lambda path: int(path.stem)):
        parameters = json.loads(file.with_suffix(".json").read_text())
        print(json.dumps(deploy(f"s{file.stem}", file.read_text(), parameters)), flush=True)
