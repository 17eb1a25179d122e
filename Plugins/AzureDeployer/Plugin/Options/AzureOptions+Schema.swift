// SPDX-License-Identifier: Apache-2.0

import CloudServer
import JSONValue
import MegaraptorPluginKit

extension AzureOptions {
    static let schema = Schema.object(CloudOptions.members(words) + own)

    private static let inGroup = "^/subscriptions/[0-9a-fA-F-]{36}/resourceGroups/[A-Za-z0-9._()-]{1,90}/providers/"
    private static let identifier = Schema.string(pattern: "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")

    private static let words = CloudOptions.Words(
        region: .string(pattern: "^[a-z0-9]{3,40}$").described("Where it is made.").examples("westeurope"),
        instanceType: .string(pattern: "^(Standard|Basic)_[A-Za-z0-9_-]+$").described(
            "A VM size of the program's architecture. Left out: by the profile's limits."
        ).examples("Standard_D4s_v5"),
        networkID: .string(pattern: inGroup + "Microsoft\\.Network/virtualNetworks/[A-Za-z0-9._-]+$").described(
            "The resource id of a virtual network that is there, with subnet_id. Left out: one of its own is made."
        ),
        subnetID: .string(
            pattern: inGroup + "Microsoft\\.Network/virtualNetworks/[A-Za-z0-9._-]+/subnets/[A-Za-z0-9._-]+$"
        ).described("The resource id of a subnet, with a way to the internet."),
        sshKey: .string(pattern: "^(ssh-rsa|ssh-ed25519) [A-Za-z0-9+/=]+( [A-Za-z0-9@._-]*)?$").described(
            "A public key in OpenSSH's form. Left out: one is made whose private part nobody has."
        ),
        dnsZone: .string(pattern: inGroup + "Microsoft\\.Network/dnsZones/[A-Za-z0-9._-]+$").described(
            "The resource id of a DNS zone, in which server_hostname gets its record."
        ),
        certificate: .string(
            pattern: inGroup + "Microsoft\\.KeyVault/vaults/[A-Za-z0-9-]{3,24}/secrets/[A-Za-z0-9-]{1,127}$"
        ).described("The resource id of a Key Vault secret that holds certificate chain and key, as PEM."),
        session: "Azure has no session service without it but Bastion, and that needs ssh_key, too"
    )

    private static let own: [Schema.Member] = [
        .optional("subscription_id", identifier.described("Left out: AZURE_SUBSCRIPTION_ID, else the Azure CLI's.")),
        .optional("tenant_id", identifier.described("Left out: AZURE_TENANT_ID, else the Azure CLI's.")),
        .optional(
            "resource_group",
            .string(pattern: "^[A-Za-z0-9._()-]{0,89}[A-Za-z0-9_()-]$").described(
                "A group of its own, made where it is not there. Left out: velociraptor- and the deployment's id."
            )
        ),
        .optional("cloud", .oneOf("AzurePublic", "AzureUSGovernment", "AzureChina").defaulting(to: "AzurePublic")),
        .optional("management_endpoint", endpoint.described("Another endpoint of the Resource Manager, for tests.")),
        .optional("authority_host", endpoint.described("Another authority that gives tokens.")),
        .optional(
            "bastion",
            .boolean.defaulting(to: false).described(
                "Azure Bastion (Developer): a shell in the browser without an open port, in regions that have it."
            )
        ),
        .optional(
            "encryption_at_host",
            .boolean.defaulting(to: false).described(
                "Encrypts caches and temporary disks on the host, too; the subscription must have the feature."
                    + " The disks themselves are always encrypted."
            )
        ),
    ]

    private static let endpoint = Schema.string(pattern: "^(https://|http://(127\\.0\\.0\\.1|localhost|\\[::1\\])[:/])")
}
