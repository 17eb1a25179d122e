// SPDX-License-Identifier: Apache-2.0

import CloudServer

extension StackTemplate {
    var bootScript: BootScript {
        BootScript(unit: shape.unit, functions: Self.bootFunctions, hasCertificate: options.certificate != nil)
    }

    /// The script's head. CloudFormation fills it in, so it is the one part where `${…}` is not the shell's. Whatever
    /// changes in it makes another machine, as a larger volume has to: its file system grows at boot.
    var bootVariables: String {
        """
        #!/bin/bash
        # The server program is ${ProgramVersion}, the data volume has ${DataDiskGiB} GiB.
        readonly PROGRAM_URL='${ProgramURL}'
        readonly PROGRAM_SHA256='${ProgramSHA256}'
        readonly CONFIGURATION_SECRET='${ConfigurationSecret}'
        readonly CONFIGURATION_VERSION='${ConfigurationVersion}'
        readonly CERTIFICATE_SECRET='\(options.certificate == nil ? "" : "${CertificateSecret}")'
        readonly VOLUME='${DataVolume}'
        readonly ADDRESS='\(options.hasPublicAddress ? "${Address.AllocationId}" : "")'
        readonly ZONE='\(options.dnsZone != nil && !options.hasPublicAddress ? "${HostedZone}" : "")'
        readonly SERVER_NAME='${ServerHostname}'
        readonly LOG_GROUP='${LogGroup}'
        readonly STACK='${AWS::StackName}'
        readonly REGION='${AWS::Region}'
        """
    }

    /// What AWS brings to the script. Amazon Linux 2023 has the AWS CLI and cfn-signal.
    static let bootFunctions = """
        export AWS_DEFAULT_REGION="$REGION" AWS_RETRY_MODE=standard AWS_MAX_ATTEMPTS=8 AWS_PAGER=''
        PATH="$PATH:/opt/aws/bin:/opt/aws/amazon-cloudwatch-agent/bin"
        instance='' private_address=''

        metadata() {
          local token
          token=$(curl --fail --silent --max-time 5 --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 60' \\
            http://169.254.169.254/latest/api/token)
          curl --fail --silent --max-time 5 --header "X-aws-ec2-metadata-token: $token" \\
            "http://169.254.169.254/latest/meta-data/$1"
        }

        prepare() {
          begin 'machine'
          if ! command -v cfn-signal >/dev/null; then retry 5 10 dnf --assumeyes --quiet install aws-cfn-bootstrap; fi
          instance=$(retry 10 3 metadata instance-id)
          private_address=$(retry 10 3 metadata local-ipv4)
        }

        fetch_secret() {
          local version=()
          if [ -n "$2" ]; then version=(--version-id "$2"); fi
          retry 5 5 aws secretsmanager get-secret-value --secret-id "$1" "${version[@]}" --query SecretString \\
            --output text >"$3"
        }

        volume_state() {
          aws ec2 describe-volumes --volume-ids "$VOLUME" --output text \\
            --query 'Volumes[0].[State, Attachments[0].InstanceId]' | tr -s '\\t' ' ' || true
        }

        # The machine before this one may still have the volume, and a broken one ends slowly.
        attach_data_disk() {
          local state=''
          data_device="/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${VOLUME/-/}"
          if [ -e "$root/sys/hypervisor/uuid" ]; then data_device=/dev/xvdf; fi
          for _ in {1..120}; do
            state=$(volume_state)
            case "$state" in
              "in-use $instance") return 0 ;;
              'available '*)
                aws ec2 attach-volume --volume-id "$VOLUME" --instance-id "$instance" --device /dev/sdf \\
                  --output text --query State || true ;;
            esac
            sleep 10
          done
          fail "The volume $VOLUME cannot be attached: $state."
        }

        attach_address() {
          if [ -n "$ADDRESS" ]; then
            retry 10 5 aws ec2 associate-address --allocation-id "$ADDRESS" --instance-id "$instance" \\
              --allow-reassociation --output text
          elif [ -n "$ZONE" ]; then
            aws route53 change-resource-record-sets --hosted-zone-id "$ZONE" --output text --query ChangeInfo.Status \\
              --change-batch "{\\"Changes\\":[{\\"Action\\":\\"UPSERT\\",\\"ResourceRecordSet\\":{\\"Name\\":\\"$SERVER_NAME\\",\\"Type\\":\\"A\\",\\"TTL\\":60,\\"ResourceRecords\\":[{\\"Value\\":\\"$private_address\\"}]}}]}"
          fi
        }

        # A machine that replaces a broken one is not waited for, and the engine refuses its signal.
        signal_result() {
          cfn-signal --exit-code "$1" --reason "$2" --stack "$STACK" --resource ServerGroup --region "$REGION" \\
            || echo 'megaraptor: nobody waits for this machine.'
        }

        # User data runs once, and EC2 sees no server: nothing else would begin again.
        try_again() {
          systemd-run --collect --on-active=5min --property=StandardOutput=append:/var/log/cloud-init-output.log \\
            /bin/bash "$0"
        }

        install_log_shipping() {
          local settings="$root/opt/aws/amazon-cloudwatch-agent/etc/megaraptor.json"
          if ! command -v amazon-cloudwatch-agent-ctl >/dev/null; then
            retry 5 10 dnf --assumeyes --quiet install amazon-cloudwatch-agent
          fi
          install -d -m 0755 "${settings%/*}"
          cat >"$settings" <<JSON
        {"logs": {"logs_collected": {"files": {"collect_list": [
          {"file_path": "$logs/*.log", "publish_multi_logs": true, "log_group_name": "$LOG_GROUP", "log_stream_name": "{instance_id}/server"},
          {"file_path": "/var/log/cloud-init-output.log", "log_group_name": "$LOG_GROUP", "log_stream_name": "{instance_id}/boot"}
        ]}}}}
        JSON
          amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c "file:$settings"
        }

        # Amazon Linux keeps to the release of its image; Patch Manager is to see what came after it.
        install_updates() {
          install -d -m 0755 "$root/etc/dnf/vars"
          echo latest >"$root/etc/dnf/vars/releasever"
        }

        """
}
