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
          install_package mkfs.xfs xfsprogs
        }

        apt_get() {
          env DEBIAN_FRONTEND=noninteractive apt-get --quiet --yes --option DPkg::Lock::Timeout=300 "$@"
        }

        fetch_package() { apt_get update && apt_get install "$1"; }

        # install_package COMMAND PACKAGE: where the command is not there.
        install_package() {
          if ! command -v "$1" >/dev/null; then retry 10 15 fetch_package "$2"; fi
        }

        # The member NAME of the JSON on standard input; of an error what it says, and nothing else of the answer.
        member() {
          python3 -c 'import json, sys
        try:
            answer = json.load(sys.stdin)
        except ValueError:
            sys.exit("The answer is no JSON.")
        name = sys.argv[1]
        if name in answer:
            sys.stdout.write(answer[name])
        else:
            error = answer.get("error", "The answer has no " + name)
            told = error if isinstance(error, dict) else answer
            words = (told.get("code"), told.get("message"), told.get("error"), told.get("error_description"))
            sys.exit("Refused: " + " ".join(word for word in words if isinstance(word, str)))' "$1"
        }

        # The token goes by a pipe, never by an argument that others could see.
        read_secret() {
          local token
          token=$(curl --fail-with-body --silent --show-error --max-time 10 --header 'Metadata: true' \\
            "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=$VAULT_RESOURCE" \\
            | member access_token) || return 1
          printf 'header = "Authorization: Bearer %s"\\n' "$token" \\
            | curl --fail-with-body --silent --show-error --max-time 30 --config - "$1?api-version=7.4" | member value >"$2"
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
        install_log_shipping() { install_package rsyslogd rsyslog; }

        # Daily, with a start of the machine where an update needs one: an hour after the backup has begun.
        install_updates() {
          install_package unattended-upgrade unattended-upgrades
          install -d -m 0755 "$root/etc/apt/apt.conf.d"
          cat >"$root/etc/apt/apt.conf.d/52megaraptor" <<'UPDATES'
        APT::Periodic::Update-Package-Lists "1";
        APT::Periodic::Unattended-Upgrade "1";
        Unattended-Upgrade::Automatic-Reboot "true";
        Unattended-Upgrade::Automatic-Reboot-Time "03:00";
        UPDATES
          chmod 0644 "$root/etc/apt/apt.conf.d/52megaraptor"
        }

        """
}
