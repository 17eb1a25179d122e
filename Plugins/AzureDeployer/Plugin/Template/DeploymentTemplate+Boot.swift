// SPDX-License-Identifier: Apache-2.0

import CloudServer

extension DeploymentTemplate {
    var bootScript: BootScript {
        BootScript(unit: shape.unit, functions: Self.bootFunctions, hasCertificate: options.certificate != nil)
    }

    /// The script's head, with places for what the template knows.
    var bootHead: String {
        """
        #!/bin/bash
        # The server program is {0}.
        readonly PROGRAM_URL='{1}'
        readonly PROGRAM_SHA256='{2}'
        readonly CONFIGURATION_SECRET='{3}'
        readonly CONFIGURATION_VERSION='{4}'
        readonly CERTIFICATE_SECRET='{5}'
        readonly VAULT_RESOURCE='{6}'

        """
    }

    var bootHeadCall: String {
        // The vault gives each secret's version a name of its own, so the address tells it.
        let secret = "reference(\(secretID), '2023-07-01').secretUriWithVersion"
        return "format(variables('bootHead'), parameters('programVersion'), parameters('programUrl'),"
            + " parameters('programSha256'), \(secret), parameters('configurationVersion'), \(certificateAddress),"
            + " format('https://{0}', substring(environment().suffixes.keyvaultDns, 1)))"
    }

    private var certificateAddress: String {
        guard let parts = options.certificate?.split(separator: "/"), let secret = parts.last, parts.count > 7 else {
            return "''"
        }
        return "format('https://{0}{1}/secrets/{2}', '\(parts[7])', environment().suffixes.keyvaultDns, '\(secret)')"
    }

    /// What Azure brings to the script. Ubuntu has curl and Python.
    static let bootFunctions = """
        prepare() {
          begin 'machine'
          if ! command -v mkfs.xfs >/dev/null; then
            retry 10 15 env DEBIAN_FRONTEND=noninteractive apt-get --quiet --yes install xfsprogs
          fi
        }

        # The answer's member NAME, from standard input.
        member() { python3 -c 'import json, sys; sys.stdout.write(json.load(sys.stdin)[sys.argv[1]])' "$1"; }

        # The token goes by a pipe, never by an argument that others could see.
        read_secret() {
          local token
          token=$(curl --fail --silent --show-error --max-time 10 --header 'Metadata: true' \\
            "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=$VAULT_RESOURCE" \\
            | member access_token)
          printf 'header = "Authorization: Bearer %s"\\n' "$token" \\
            | curl --fail --silent --show-error --max-time 30 --config - "$1?api-version=7.4" | member value >"$2"
        }

        # A right that was just given may take minutes until it counts. The name is an address that tells its version.
        fetch_secret() { retry 40 15 read_secret "$1" "$3"; }

        attach_data_disk() {
          local device
          for _ in {1..60}; do
            for device in "$root/dev/disk/azure/data/by-lun/0" "$root/dev/disk/azure/scsi1/lun0"; do
              if [ -e "$device" ]; then
                data_device="$device"
                return 0
              fi
            done
            sleep 2
          done
          fail 'The data disk of LUN 0 does not appear.'
        }

        # The address belongs to the machine's interface.
        attach_address() { :; }

        # The extension ends with the script's exit code, and its last lines are the deployment's error.
        signal_result() { echo "megaraptor: $2" >&2; }

        # The deployer lets the extension run again.
        try_again() { :; }

        # The agent is an extension of its own; it reads what rsyslog hands on.
        install_log_shipping() {
          if ! command -v rsyslogd >/dev/null; then
            retry 10 15 env DEBIAN_FRONTEND=noninteractive apt-get --quiet --yes install rsyslog
          fi
        }

        install_updates() { echo 'The platform installs them (AutomaticByPlatform).'; }

        """
}
