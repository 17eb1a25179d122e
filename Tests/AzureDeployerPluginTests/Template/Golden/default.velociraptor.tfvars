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
resource_group = "velociraptor-vr-0123456789ab"

# What everything is found by.
tags = {
  "org.megaraptor.deployment" = "vr-0123456789ab"
  "org.megaraptor.deployment.profile" = "standard"
}

# The template's parameters.
parameters = {
  "tags" = {
    "org.megaraptor.deployment" = "vr-0123456789ab"
    "org.megaraptor.deployment.profile" = "standard"
  }
  "vmSize" = "Standard_D4s_v5"
  "serverHostname" = "velociraptor.example.org"
  "dataDiskSizeGB" = 200
  "keyVaultName" = "vr-0123456789ab"
  "programUrl" = "https://github.com/Velocidex/velociraptor/releases/download/v0.77.2/velociraptor-v0.77.2-linux-amd64-musl"
  "programSha256" = "5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e"
  "programVersion" = "0.77.2"
}

# What the firewall lets in, and nothing else.
open_ports = []

# How long daily backups are kept; 0 for none.
backup_days = 30
