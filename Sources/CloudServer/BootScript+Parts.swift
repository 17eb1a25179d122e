// SPDX-License-Identifier: Apache-2.0

extension BootScript {
    /// How steps begin, fail, and are told.
    static let control = """
        begin() { step="$1"; echo "megaraptor: $step"; }

        fail() { reason="$1"; echo "megaraptor: $reason" >&2; exit 1; }

        # retry ATTEMPTS SECONDS COMMAND...
        retry() {
          local attempts="$1" pause="$2" attempt
          shift 2
          for ((attempt = 1; attempt < attempts; attempt++)); do
            if "$@"; then return 0; fi
            sleep "$pause"
          done
          "$@"
        }

        # replace NEW OLD: puts a file into its place, and notes whether that changed anything.
        replace() {
          if cmp --silent "$1" "$2"; then rm -f "$1"; else mv -f "$1" "$2"; changed=1; fi
        }

        # Whatever ends the script, the template engine is told.
        finish() {
          local code=$?
          trap - EXIT
          if [ "$code" -eq 0 ]; then
            signal_result 0 'The server answers.'
          else
            echo "megaraptor: failed in the step '$step', exit code $code" >&2
            signal_result 1 "The step '$step' failed. ${reason:-See the output of the machine.}"
            try_again || echo 'megaraptor: no further try can be made.' >&2
          fi
          exit "$code"
        }
        trap finish EXIT

        # The numbers are fixed: files on the data disk belong to them on the next machine, too.
        make_user() {
          begin 'service user'
          if ! getent group "$service_user" >/dev/null; then groupadd --system --gid "$service_id" "$service_user"; fi
          if ! id -u "$service_user" >/dev/null 2>&1; then
            useradd --system --uid "$service_id" --gid "$service_id" --home-dir "$datastore" --no-create-home \\
              --shell /usr/sbin/nologin "$service_user"
          fi
          install -d -m 0755 "${datastore%/*}" "${program%/*}" "${unit%/*}"
          install -d -m 0700 "$datastore" "$logs" "$folder"
          chown "$service_user:$service_user" "$logs" "$folder"
        }

        """

    static let disk = """
        # Makes a file system only where there is no trace of anything: neither blkid nor wipefs finds a signature, and
        # the disk has no partitions. In doubt the disk is left as it is.
        make_file_system() {
          local found=0 signatures parts
          blkid --probe "$data_device" >/dev/null 2>&1 || found=$?
          if [ "$found" -ne 2 ]; then return 0; fi
          signatures=$(wipefs --noheadings "$data_device")
          parts=$(lsblk --noheadings --list --output NAME "$data_device" | wc -l)
          if [ -n "$signatures" ] || [ "$parts" -ne 1 ]; then return 0; fi
          mkfs.xfs -q -L velociraptor "$data_device"
        }

        # A disk that has grown meanwhile is not seen as larger before somebody asks it. NVMe tells by itself.
        rescan_data_disk() {
          local scan
          scan="$root/sys/class/block/$(basename "$(readlink -f "$data_device")")/device/rescan"
          if [ -w "$scan" ]; then echo 1 >"$scan"; fi
        }

        mount_data_disk() {
          begin 'data disk'
          local identity kind
          attach_data_disk
          retry 60 2 lsblk --noheadings "$data_device" >/dev/null || fail "The data disk $data_device does not appear."
          make_file_system
          identity=$(blkid --probe --match-tag UUID --output value "$data_device" || true)
          kind=$(blkid --probe --match-tag TYPE --output value "$data_device" || true)
          if [ "$kind" != xfs ] || [ -z "$identity" ]; then
            fail 'The data disk holds something else than the file system of a server. Nothing on it was changed.'
          fi
          if ! grep -q "^UUID=$identity " "$mounts"; then
            echo "UUID=$identity $datastore xfs defaults,nofail,nodev,nosuid,noatime 0 2" >>"$mounts"
            systemctl daemon-reload
          fi
          if ! mountpoint --quiet "$datastore"; then mount "$datastore"; fi
          rescan_data_disk
          xfs_growfs "$datastore" >/dev/null
          chown "$service_user:$service_user" "$datastore"
          chmod 0700 "$datastore"
        }

        """

    static let program = """
        checksum_of() { sha256sum "$1" 2>/dev/null | cut -d ' ' -f 1; }

        install_program() {
          begin 'program'
          local found
          found=$(checksum_of "$program" || true)
          if [ "$found" = "$PROGRAM_SHA256" ]; then return 0; fi
          curl --fail --silent --show-error --location --proto '=https' --proto-redir '=https' --retry 8 \\
            --retry-all-errors --retry-max-time 1200 --connect-timeout 20 --max-time 900 --output "$program.next" "$PROGRAM_URL"
          found=$(checksum_of "$program.next" || true)
          if [ "$found" != "$PROGRAM_SHA256" ]; then
            rm -f "$program.next"
            fail "The program has the SHA-256 $found, and $PROGRAM_SHA256 is pinned. Nothing was installed."
          fi
          chmod 0755 "$program.next"
          if ! found=$("$program.next" version 2>&1); then
            rm -f "$program.next"
            fail "The program does not run on this machine, as one for other processors or another C library: ${found:0:300}"
          fi
          replace "$program.next" "$program"
        }

        """

    static let configuration = """
        # place FILE: what was fetched becomes the service user's own, and nobody else's.
        place() {
          if ! [ -s "$1.next" ]; then fail "The secret for $1 is empty."; fi
          chown "$service_user:$service_user" "$1.next"
          chmod 0600 "$1.next"
          replace "$1.next" "$1"
        }

        install_configuration() {
          begin 'configuration'
          fetch_secret "$CONFIGURATION_SECRET" "$CONFIGURATION_VERSION" "$folder/server.config.yaml.next"
          place "$folder/server.config.yaml"
        }

        # One secret holds the chain and the key, as PEM, in any order.
        install_certificate() {
          begin 'certificate'
          local tls="$folder/tls" bundle="$folder/tls/bundle.next"
          install -d -m 0700 "$tls"
          chown "$service_user:$service_user" "$tls"
          fetch_secret "$CERTIFICATE_SECRET" '' "$bundle"
          sed -n '/-BEGIN CERTIFICATE-/,/-END CERTIFICATE-/p' "$bundle" >"$tls/certificate.pem.next"
          sed -n '/-BEGIN .*PRIVATE KEY-/,/-END .*PRIVATE KEY-/p' "$bundle" >"$tls/key.pem.next"
          rm -f "$bundle"
          place "$tls/certificate.pem"
          place "$tls/key.pem"
        }

        """
}
