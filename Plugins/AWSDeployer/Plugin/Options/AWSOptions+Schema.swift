// SPDX-License-Identifier: Apache-2.0

import CloudServer
import JSONValue
import MegaraptorPluginKit

extension AWSOptions {
    static let schema = Schema.object(CloudOptions.members(words) + own)

    private static let words = CloudOptions.Words(
        region: .string(pattern: "^[a-z]{2}(-[a-z]+)+-[0-9]$").described(
            "Left out: AWS_REGION, AWS_DEFAULT_REGION, then the profile's."
        ).examples("eu-central-1"),
        instanceType: .string(pattern: "^[a-z0-9-]+\\.[a-z0-9-]+$").described(
            "Of the program's architecture. Left out: by the profile's limits."
        ).examples("m7i.xlarge", "m7g.xlarge"),
        networkID: .string(pattern: "^vpc-[0-9a-f]{8,17}$").described(
            "A VPC that is there, with subnet_id. Left out: one of its own is made."
        ),
        subnetID: .string(pattern: "^subnet-[0-9a-f]{8,17}$").described(
            "A subnet of network_id, with a way to the internet."
        ),
        sshKey: .string(pattern: "^[A-Za-z0-9 ._-]{1,255}$").described(
            "The name of an EC2 key pair. Left out: none; Session Manager needs none."
        ),
        dnsZone: .string(pattern: "^Z[A-Z0-9]{1,31}$").described(
            "The id of a Route 53 hosted zone, in which server_hostname gets its record."
        ),
        certificate: .string(pattern: "^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+$")
            .described("The ARN of a secret in Secrets Manager that holds certificate chain and key, as PEM.")
    )

    private static let own: [Schema.Member] = [
        .optional(
            "aws_profile",
            .string(pattern: "^[^\\s\\[\\]]{1,128}$").described(
                "A profile of ~/.aws/config and ~/.aws/credentials. Left out: AWS_PROFILE, else the usual order."
            )
        ),
        .optional(
            "availability_zone",
            .string(pattern: "^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$").described(
                "Where subnet_id lies, which only an export needs to be told. In a network of its own: where the"
                    + " machine is to be."
            )
        ),
        .optional(
            "endpoint_url",
            .string(pattern: "^(https://|http://(127\\.0\\.0\\.1|localhost|\\[::1\\])[:/])").described(
                "Another endpoint for all services, for tests. Left out: AWS_ENDPOINT_URL, else AWS's own."
            )
        ),
    ]
}
