# Velociraptor vr-0123456789ab on AWS: the inputs of its server, for a configuration of one's own. There is no key and no
# password in it. The template that belongs to it is the export "cloudformation"; with it the whole is
#
#   resource "aws_cloudformation_stack" "velociraptor" {
#     name          = var.stack_name
#     template_body = file("velociraptor.cloudformation.yaml")
#     parameters    = merge(var.parameters, {
#       ConfigurationSecret  = aws_secretsmanager_secret.configuration.arn
#       ConfigurationVersion = aws_secretsmanager_secret_version.configuration.version_id
#     })
#     capabilities  = ["CAPABILITY_IAM"]
#     tags          = var.tags
#   }
#
# Give the secret's value by secret_string_wo: what stands in secret_string is in Terraform's state as well.

# Names what has a fixed name.
stack_name = "velociraptor-vr-0123456789ab"

# What everything is found by.
tags = {
  "org.megaraptor.deployment" = "vr-0123456789ab"
  "org.megaraptor.deployment.profile" = "standard"
}

# The template's parameters, all of them text.
parameters = {
  "DataDiskGiB" = "200"
  "ImageId" = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
  "InstanceType" = "m6i.xlarge"
  "ProgramSHA256" = "5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e"
  "ProgramURL" = "https://github.com/Velocidex/velociraptor/releases/download/v0.77.2/velociraptor-v0.77.2-linux-amd64-musl"
  "ProgramVersion" = "0.77.2"
  "ServerHostname" = "velociraptor.example.org"
}

# What the firewall lets in, and nothing else.
open_ports = []

# How long daily snapshots are kept; 0 for none.
backup_days = 30
