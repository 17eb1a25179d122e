# Velociraptor vr-0123456789ab on Azure: the inputs of its server, for a configuration of one's own.
# There is no key and no password in it. The template that belongs to it is the export "arm"; with it the whole is
#
#   resource "azurerm_resource_group_template_deployment" "velociraptor" {
#     name                = "velociraptor"
#     resource_group_name = var.resource_group
#     deployment_mode     = "Incremental"
#     template_content    = file("azuredeploy.json")
#     parameters_content  = jsonencode(merge(
#       { for name, value in var.parameters : name => { value = value } },
#       {
#         serverConfiguration  = { reference = { keyVault = { id = var.vault }, secretName = "…" } }
#         configurationVersion = { value = "1" }
#         sshPublicKey         = { value = file("key.pub") }
#       }
#     ))
#     tags                = var.tags
#   }
#
# Let serverConfiguration come from a vault, as shown: a value would be in Terraform's state as well.

# A group of its own for everything.
resource_group = "case-7"

# What everything is found by.
tags = {
  "org.megaraptor.deployment" = "vr-0123456789ab"
  "org.megaraptor.deployment.profile" = "standard"
}

# The template's parameters.
parameters = {
  "location" = "westeurope"
  "tags" = {
    "org.megaraptor.deployment" = "vr-0123456789ab"
    "org.megaraptor.deployment.profile" = "standard"
  }
  "vmSize" = "Standard_D4s_v5"
  "serverHostname" = "velociraptor.example.org"
  "dataDiskSizeGB" = 1000
  "keyVaultName" = "vr-0123456789ab"
  "programUrl" = "https://mirror.example.org:8443/velociraptor"
  "programSha256" = "5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e"
  "programVersion" = "0.77.2"
  "sshPublicKey" = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA case@example.org"
}

# What the firewall lets in, and nothing else.
open_ports = [
  {
    "purpose" = "agents"
    "port" = 8000
    "ranges" = ["0.0.0.0/0", "::/0"]
  },
  {
    "purpose" = "gui"
    "port" = 8889
    "ranges" = ["203.0.113.0/24"]
  },
  {
    "purpose" = "api"
    "port" = 8001
    "ranges" = ["203.0.113.7/32"]
  },
  {
    "purpose" = "ssh"
    "port" = 22
    "ranges" = ["203.0.113.7/32"]
  },
]

# How long daily backups are kept; 0 for none.
backup_days = 365
